package io.vellamo.connectors.rate;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A reader that plans by the clock and derives events from their offsets. */
final class RateReader implements SourceReader<RateEvent> {
  private static final SourcePartition PARTITION = new SourcePartition("rate");

  private final RateSource source;
  private final InstantSource clock;
  // The start offset of a query that has not read yet; set by the first plan.
  private OptionalLong start = OptionalLong.empty();

  RateReader(RateSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public Offsets latest() {
    return Offsets.of(Map.of(PARTITION, source.offsetBehind(clock.instant())));
  }

  @Override
  public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
    long end = upTo.of(PARTITION).orElse(0);
    if (start.isEmpty()) {
      start = OptionalLong.of(end);
    }
    long begin = from.of(PARTITION).orElse(start.getAsLong());
    long until = Math.min(end, begin + Math.min(maxEvents, Long.MAX_VALUE - begin));
    return begin < until ? List.of(new OffsetRange(PARTITION, begin, until)) : List.of();
  }

  @Override
  public RangeReader<RateEvent> read(OffsetRange range) {
    return new Range(range);
  }

  @Override
  public void close() {}

  private final class Range implements RangeReader<RateEvent> {
    private final long until;
    private long next;

    Range(OffsetRange range) {
      this.next = range.from();
      this.until = range.until();
    }

    @Override
    public boolean read(EventCollector<? super RateEvent> into, int maxEntries) {
      long end = next + Math.min(maxEntries, until - next);
      for (; next < end; next++) {
        into.event(source.event(next), next);
      }
      return next < until;
    }

    @Override
    public void close() {}
  }
}
