package io.vellamo.connectors.rate;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A source that generates a fixed number of events per second.
 *
 * <p>The event with offset and value <i>i</i> has the timestamp <i>i</i>/<i>n</i> seconds after
 * 1970, at <i>n</i> events per second, so any range can be generated again without storage. A query
 * begins at the time of its first plan, and catches up after downtime. Spark's rate source counts
 * from 0 instead.
 *
 * <p><b>Time</b> The query's clock; an event is available once the clock has reached its timestamp.
 *
 * @since 0.1
 */
public final class RateSource implements EventSource<RateEvent> {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final Duration SHORTEST_POLL = Duration.ofMillis(10);
  private static final Duration LONGEST_POLL = Duration.ofMillis(100);

  private final long perSecond;

  private RateSource(long perSecond) {
    this.perSecond = perSecond;
  }

  /**
   * Returns a source.
   *
   * @param events the number of events per second, from 1 to 1,000,000,000
   * @return a source that an idle query polls at the interval of events, but at least every 100 ms
   *     and at most every 10 ms
   * @throws IllegalArgumentException if {@code events} is out of range
   */
  public static RateSource perSecond(long events) {
    if (events < 1 || events > NANOS_PER_SECOND) {
      throw new IllegalArgumentException(
          "events must be from 1 to 1000000000 a second, was [%d]".formatted(events));
    }
    return new RateSource(events);
  }

  @Override
  public String description() {
    return "Rate[" + perSecond + "/s]";
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.shared();
  }

  @Override
  public Optional<Duration> pollInterval() {
    Duration between = Duration.ofNanos(NANOS_PER_SECOND / perSecond);
    if (between.compareTo(SHORTEST_POLL) < 0) {
      return Optional.of(SHORTEST_POLL);
    }
    return Optional.of(between.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : between);
  }

  @Override
  public SourceReader<RateEvent> open(SourceContext context) {
    return new RateReader(this, context.clock());
  }

  RateEvent event(long value) {
    long nanos = value % perSecond * NANOS_PER_SECOND / perSecond;
    return new RateEvent(value, Instant.ofEpochSecond(value / perSecond, nanos));
  }

  /** Returns the offset after the last event whose timestamp is not after the given time. */
  long offsetBehind(Instant now) {
    long seconds = Math.multiplyExact(now.getEpochSecond(), perSecond);
    return Math.max(0, seconds + now.getNano() * perSecond / NANOS_PER_SECOND + 1);
  }
}
