package io.vellamo.samples.cluster;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A source that gives the visits of a loop at their rate, the same on each node. The offset of a
 * visit is its number, in the partition of its user; all partitions are read up to the same number,
 * so that none is ahead of another in event time.
 *
 * <p><b>Time</b> The query's clock, from a start that all nodes are told.
 */
final class LoopingSource implements EventSource<LoopedVisit> {
  private static final int PARTITIONS = 4;
  private static final List<SourcePartition> ALL =
      IntStream.range(0, PARTITIONS).mapToObj(i -> new SourcePartition("visits-" + i)).toList();

  private final VisitLoop loop;
  private final Instant start;

  private LoopingSource(VisitLoop loop, Instant start) {
    this.loop = loop;
    this.start = start;
  }

  /** Returns a source whose first visit is at a time of the clock, and the others follow. */
  static LoopingSource from(Instant start, VisitLoop loop) {
    return new LoopingSource(loop, start);
  }

  /** Returns a source that has all visits at once. */
  static LoopingSource atOnce(VisitLoop loop) {
    return new LoopingSource(loop, Instant.EPOCH);
  }

  @Override
  public String description() {
    return "Looping[" + loop.perSecond() + "/s]";
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.shared();
  }

  @Override
  public Optional<Duration> pollInterval() {
    return Optional.of(Duration.ofMillis(100));
  }

  @Override
  public SourceReader<LoopedVisit> open(SourceContext context) {
    return new Reader(context.clock());
  }

  private static int partition(LoopedVisit visit) {
    return Math.floorMod(visit.user().hashCode(), PARTITIONS);
  }

  private final class Reader implements SourceReader<LoopedVisit> {
    private final InstantSource clock;

    Reader(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public Offsets latest() {
      long end = loop.by(Duration.between(start, clock.instant()));
      Map<SourcePartition, Long> ends = new HashMap<>();
      ALL.forEach(partition -> ends.put(partition, end));
      return Offsets.of(ends);
    }

    @Override
    public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
      long begin = from.of(ALL.get(0)).orElse(0);
      long end = upTo.of(ALL.get(0)).orElse(0);
      long until = end - begin > maxEvents ? begin + maxEvents : end;
      return begin >= until
          ? List.of()
          : ALL.stream().map(partition -> new OffsetRange(partition, begin, until)).toList();
    }

    @Override
    public RangeReader<LoopedVisit> read(OffsetRange range) {
      return new Range(ALL.indexOf(range.partition()), range);
    }

    @Override
    public void close() {}
  }

  private final class Range implements RangeReader<LoopedVisit> {
    private final int partition;
    private final long until;
    private long next;

    Range(int partition, OffsetRange range) {
      this.partition = partition;
      this.next = range.from();
      this.until = range.until();
    }

    @Override
    public boolean read(EventCollector<? super LoopedVisit> into, int maxEntries) {
      int read = 0;
      for (; next < until && read < maxEntries; next++) {
        LoopedVisit visit = loop.visit(next);
        if (partition(visit) == partition) {
          into.event(visit, next);
          read++;
        }
      }
      return next < until;
    }

    @Override
    public void close() {}
  }
}
