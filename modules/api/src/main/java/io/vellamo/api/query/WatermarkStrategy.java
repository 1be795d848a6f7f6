package io.vellamo.api.query;

import java.time.Duration;
import java.util.Optional;

/**
 * How a watermark follows the event times of a stream.
 *
 * <p><b>Threading</b> Immutable: every method returns a new strategy.
 *
 * @since 0.1
 */
public final class WatermarkStrategy {
  private final Duration delay;
  private final Optional<Duration> maxFutureSkew;
  private final Optional<Duration> idleAfter;

  private WatermarkStrategy(
      Duration delay, Optional<Duration> maxFutureSkew, Optional<Duration> idleAfter) {
    this.delay = delay;
    this.maxFutureSkew = maxFutureSkew;
    this.idleAfter = idleAfter;
  }

  /**
   * Returns the strategy of a watermark that trails the largest event time seen.
   *
   * @param delay how far; not negative, and not longer than milliseconds can count
   * @return a strategy without bound on future events, whose stream is never idle
   * @throws IllegalArgumentException if {@code delay} is out of range
   */
  public static WatermarkStrategy delay(Duration delay) {
    return new WatermarkStrategy(
        Durations.requireCountable("delay", delay), Optional.empty(), Optional.empty());
  }

  /**
   * Bounds how far one wrong clock can move the watermark: an event further ahead of the epoch's
   * processing time is processed like any other, counted in {@link EventTimeStats#future}, and does
   * not move it. Spark has no such bound.
   *
   * @param skew how far ahead an event may be and still move the watermark; not negative, and not
   *     longer than milliseconds can count
   * @return a strategy with that bound
   * @throws IllegalArgumentException if {@code skew} is out of range
   */
  public WatermarkStrategy maxFutureSkew(Duration skew) {
    return new WatermarkStrategy(
        delay, Optional.of(Durations.requireCountable("maxFutureSkew", skew)), idleAfter);
  }

  /**
   * Lets the other streams of a {@code union} go on without this one while it is silent: once no
   * event has come for that long, by the processing time of epochs, it no longer holds back the
   * minimum. When events come again it takes part again; those behind the watermark are late then.
   * Without it a silent stream holds the watermark as long as it is silent, as in Spark.
   *
   * <p>The last stream that is not idle is never left out: when all are silent, the watermark
   * stands still.
   *
   * @param silence how long; at least one millisecond, and not longer than milliseconds can count
   * @return a strategy whose stream can be idle
   * @throws IllegalArgumentException if {@code silence} is out of range
   */
  public WatermarkStrategy idleAfter(Duration silence) {
    if (Durations.requireCountable("idleAfter", silence).toMillis() == 0) {
      throw new IllegalArgumentException(
          "idleAfter must be at least 1 ms, was [%s]".formatted(silence));
    }
    return new WatermarkStrategy(delay, maxFutureSkew, Optional.of(silence));
  }

  /**
   * Returns how far the watermark trails the largest event time seen.
   *
   * @return not negative
   */
  public Duration delay() {
    return delay;
  }

  /**
   * Returns how far ahead of the processing time an event may be and still move the watermark.
   *
   * @return empty for any distance
   */
  public Optional<Duration> maxFutureSkew() {
    return maxFutureSkew;
  }

  /**
   * Returns after which silence the stream no longer holds back others.
   *
   * @return empty if it always does
   */
  public Optional<Duration> idleAfter() {
    return idleAfter;
  }

  @Override
  public String toString() {
    return "WatermarkStrategy[delay %s%s%s]"
        .formatted(
            delay,
            maxFutureSkew.map(skew -> ", maxFutureSkew " + skew).orElse(""),
            idleAfter.map(silence -> ", idleAfter " + silence).orElse(""));
  }
}
