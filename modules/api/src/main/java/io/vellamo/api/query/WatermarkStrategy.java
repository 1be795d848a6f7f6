package io.vellamo.api.query;

import java.time.Duration;
import java.util.Optional;

/**
 * The strategy by which a watermark follows the event times of a stream.
 *
 * <p><b>Threading</b> Immutable: every method returns a new strategy.
 *
 * @since 0.1
 */
public final class WatermarkStrategy {
  private final Duration delay;
  private final Optional<Duration> maxFutureSkew;
  private final Optional<Duration> idleAfter;
  private final boolean isPerPartition;
  private final Optional<Duration> maxPartitionSkew;

  private WatermarkStrategy(
      Duration delay,
      Optional<Duration> maxFutureSkew,
      Optional<Duration> idleAfter,
      boolean isPerPartition,
      Optional<Duration> maxPartitionSkew) {
    this.delay = delay;
    this.maxFutureSkew = maxFutureSkew;
    this.idleAfter = idleAfter;
    this.isPerPartition = isPerPartition;
    this.maxPartitionSkew = maxPartitionSkew;
  }

  /**
   * Returns the strategy of a watermark that trails the largest event time seen.
   *
   * @param delay the distance between the two; not negative, at most {@code Long.MAX_VALUE}
   *     milliseconds
   * @return a strategy without a bound on future events, whose stream is never idle
   * @throws IllegalArgumentException if {@code delay} is out of range
   */
  public static WatermarkStrategy delay(Duration delay) {
    return new WatermarkStrategy(
        Durations.requireCountable("delay", delay),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  /**
   * Limits how far an event with a wrong clock can move the watermark. An event further ahead of
   * the epoch's processing time is processed like any other and counted in {@link
   * EventTimeStats#future}, but does not move the watermark. Spark has no such bound.
   *
   * @param skew the distance that an event may be ahead and still move the watermark; not negative,
   *     at most {@code Long.MAX_VALUE} milliseconds
   * @return a strategy with that bound
   * @throws IllegalArgumentException if {@code skew} is out of range
   */
  public WatermarkStrategy maxFutureSkew(Duration skew) {
    return new WatermarkStrategy(
        delay,
        Optional.of(Durations.requireCountable("maxFutureSkew", skew)),
        idleAfter,
        isPerPartition,
        maxPartitionSkew);
  }

  /**
   * Lets the watermark of a {@code union} advance without this stream while it is silent: once no
   * event has arrived for the given duration, by the processing time of epochs, the stream no
   * longer holds back the minimum. When events arrive again, the stream takes part again, and
   * events before the watermark are late. Without this setting, a silent stream holds back the
   * watermark for as long as it is silent, as in Spark.
   *
   * <p>With {@link #perPartition}, each partition of the source can be idle in the same way.
   *
   * <p>When all streams and partitions are idle, the watermark stands still.
   *
   * @param silence the duration; at least one millisecond, at most {@code Long.MAX_VALUE}
   *     milliseconds
   * @return a strategy whose stream can be idle
   * @throws IllegalArgumentException if {@code silence} is out of range
   */
  public WatermarkStrategy idleAfter(Duration silence) {
    if (Durations.requireCountable("idleAfter", silence).toMillis() == 0) {
      throw new IllegalArgumentException(
          "idleAfter must be at least 1 ms, was [%s]".formatted(silence));
    }
    return new WatermarkStrategy(
        delay, maxFutureSkew, Optional.of(silence), isPerPartition, maxPartitionSkew);
  }

  /**
   * Gives each partition of the source a watermark of its own, as in Flink; that of the stream is
   * the minimum. So events of a partition that lags behind are not late because of the others. A
   * partition takes part from its first event on. One that stays silent holds back the watermark
   * unless {@link #idleAfter} is set; this is no setting for partitions that end, such as files.
   *
   * <p>Without this setting, the watermark trails the newest event of all partitions, as in Spark.
   * It has no effect on a watermark that follows the rows of an operator.
   *
   * @return a strategy with a watermark for each partition
   */
  public WatermarkStrategy perPartition() {
    return new WatermarkStrategy(delay, maxFutureSkew, idleAfter, true, maxPartitionSkew);
  }

  /**
   * Gives each partition a watermark of its own, and bounds how far partitions run ahead of each
   * other: one whose watermark is further ahead of the slowest that has input is not read until the
   * latter has caught up. So what is kept for open windows stays bounded while a backlog is read. A
   * partition is ahead by at most this distance and what one epoch reads of it. With {@link
   * Trigger#once}, no partition waits, as there is no later epoch.
   *
   * @param skew the distance; not negative, at most {@code Long.MAX_VALUE} milliseconds
   * @return a strategy with that bound and a watermark for each partition
   * @throws IllegalArgumentException if {@code skew} is out of range
   */
  public WatermarkStrategy maxPartitionSkew(Duration skew) {
    return new WatermarkStrategy(
        delay,
        maxFutureSkew,
        idleAfter,
        true,
        Optional.of(Durations.requireCountable("maxPartitionSkew", skew)));
  }

  /**
   * Returns the distance by which the watermark trails the largest event time seen.
   *
   * @return not negative
   */
  public Duration delay() {
    return delay;
  }

  /**
   * Returns the distance that an event may be ahead of the processing time and still move the
   * watermark.
   *
   * @return empty if there is no bound
   */
  public Optional<Duration> maxFutureSkew() {
    return maxFutureSkew;
  }

  /**
   * Returns the silence after which the stream no longer holds back the watermark.
   *
   * @return empty if the stream is never idle
   */
  public Optional<Duration> idleAfter() {
    return idleAfter;
  }

  /**
   * Returns whether each partition of the source has a watermark of its own.
   *
   * @return false by default
   */
  public boolean isPerPartition() {
    return isPerPartition;
  }

  /**
   * Returns the distance that the watermark of a partition may be ahead of that of the slowest.
   *
   * @return empty if there is no bound
   */
  public Optional<Duration> maxPartitionSkew() {
    return maxPartitionSkew;
  }

  @Override
  public String toString() {
    return "WatermarkStrategy[delay %s%s%s%s%s]"
        .formatted(
            delay,
            maxFutureSkew.map(skew -> ", maxFutureSkew " + skew).orElse(""),
            idleAfter.map(silence -> ", idleAfter " + silence).orElse(""),
            isPerPartition ? ", per partition" : "",
            maxPartitionSkew.map(skew -> ", maxPartitionSkew " + skew).orElse(""));
  }
}
