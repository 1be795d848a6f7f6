package io.vellamo.benchmarks;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import java.util.List;
import java.util.Map;

/**
 * A source without I/O, whose events are grouping keys computed from their offsets.
 *
 * @param events the number of events
 * @param groups the number of different keys, all equally frequent
 */
record GroupSource(long events, long groups) implements EventSource<Long> {
  private static final SourcePartition PARTITION = new SourcePartition("groups");

  /**
   * Has no common factor with the numbers of groups in use, so that all keys occur, in no order.
   */
  private static final long STEP = 7_368_787;

  @Override
  public String description() {
    return "GroupSource";
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.shared();
  }

  @Override
  public SourceReader<Long> open(SourceContext context) {
    return new SourceReader<>() {
      @Override
      public Offsets latest() {
        return Offsets.of(Map.of(PARTITION, events));
      }

      @Override
      public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
        long begin = from.of(PARTITION).orElse(0);
        long until = Math.min(events, begin + Math.min(maxEvents, events));
        return begin < until ? List.of(new OffsetRange(PARTITION, begin, until)) : List.of();
      }

      @Override
      public RangeReader<Long> read(OffsetRange range) {
        return new Range(range);
      }

      @Override
      public void close() {}
    };
  }

  private final class Range implements RangeReader<Long> {
    private final long until;
    private long next;

    Range(OffsetRange range) {
      this.next = range.from();
      this.until = range.until();
    }

    @Override
    public boolean read(EventCollector<? super Long> into, int maxEntries) {
      long end = Math.min(until, next + maxEntries);
      for (; next < end; next++) {
        into.event(next * STEP % groups, next);
      }
      return next < until;
    }

    @Override
    public void close() {}
  }
}
