package io.vellamo.checks.cluster;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A source that gives the same events on each node: all that a file releases, by its length. An
 * event's offset is its number, in the partition of its visitor.
 */
final class VisitSource implements EventSource<CountedVisit> {
  private static final int PARTITIONS = 4;
  private static final List<SourcePartition> ALL =
      IntStream.range(0, PARTITIONS).mapToObj(i -> new SourcePartition("visits-" + i)).toList();

  private final Path released;

  private VisitSource(Path released) {
    this.released = released;
  }

  /** Returns a source of as many events as a file has bytes. */
  static VisitSource releasedBy(Path file) {
    return new VisitSource(file);
  }

  @Override
  public String description() {
    return "Visits[" + released + "]";
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.shared();
  }

  @Override
  public Optional<Duration> pollInterval() {
    return Optional.of(Duration.ofMillis(50));
  }

  @Override
  public SourceReader<CountedVisit> open(SourceContext context) {
    return new Reader();
  }

  private final class Reader implements SourceReader<CountedVisit> {
    @Override
    public Offsets latest() throws IOException {
      long end = Files.size(released);
      Map<SourcePartition, Long> ends = new HashMap<>();
      ALL.forEach(partition -> ends.put(partition, end));
      return Offsets.of(ends);
    }

    @Override
    public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
      return OffsetRange.share(from, upTo, maxEvents);
    }

    @Override
    public RangeReader<CountedVisit> read(OffsetRange range) {
      return new Range(ALL.indexOf(range.partition()), range);
    }

    @Override
    public void close() {}
  }

  private static final class Range implements RangeReader<CountedVisit> {
    private final int partition;
    private final long until;
    private long next;

    Range(int partition, OffsetRange range) {
      this.partition = partition;
      this.next = range.from();
      this.until = range.until();
    }

    @Override
    public boolean read(EventCollector<? super CountedVisit> into, int maxEntries) {
      int read = 0;
      for (; next < until && read < maxEntries; next++) {
        CountedVisit visit = CountedVisit.of(next);
        if (visit.partition(PARTITIONS) == partition) {
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
