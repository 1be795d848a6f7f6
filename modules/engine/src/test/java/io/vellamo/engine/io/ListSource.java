package io.vellamo.engine.io;

import io.vellamo.api.RetryableException;
import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A source of texts in memory, whose calls are recorded. Broken entries begin with "!". */
public final class ListSource implements EventSource<String> {
  private final String name;
  private final @Nullable Duration pollInterval;
  private final Map<SourcePartition, List<String>> partitions = new HashMap<>();

  final List<String> calls = new ArrayList<>();
  // The number of commits that it can't take yet.
  int unavailable;

  private ListSource(String name, @Nullable Duration pollInterval) {
    this.name = name;
    this.pollInterval = pollInterval;
  }

  /** Returns a source with one partition. */
  public static ListSource of(String name, String... entries) {
    ListSource source = new ListSource(name, null);
    source.add("p", entries);
    return source;
  }

  /** Returns a source without entries that is polled. */
  public static ListSource polled(String name, Duration interval) {
    return new ListSource(name, interval);
  }

  /** Adds entries to a partition. */
  void add(String partition, String... entries) {
    partitions
        .computeIfAbsent(new SourcePartition(partition), any -> new ArrayList<>())
        .addAll(List.of(entries));
  }

  /** Removes a partition with its entries. */
  void remove(String partition) {
    partitions.remove(new SourcePartition(partition));
  }

  @Override
  public String description() {
    return name;
  }

  @Override
  public Optional<Duration> pollInterval() {
    return Optional.ofNullable(pollInterval);
  }

  @Override
  public SourceReader<String> open(SourceContext context) {
    calls.add("open " + context.committed());
    if (name.equals("closed")) {
      throw new IllegalStateException("can't be opened");
    }
    return new Reader();
  }

  private final class Reader implements SourceReader<String> {
    @Override
    public Offsets latest() {
      Map<SourcePartition, Long> ends = new HashMap<>();
      partitions.forEach((partition, entries) -> ends.put(partition, (long) entries.size()));
      return Offsets.of(ends);
    }

    @Override
    public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
      return OffsetRange.share(from, upTo, maxEvents);
    }

    @Override
    public RangeReader<String> read(OffsetRange range) {
      calls.add("read " + range.partition());
      List<String> entries = partitions.get(range.partition());
      if (entries == null) {
        throw new IllegalStateException("no such partition");
      }
      return new Entries(entries, range);
    }

    @Override
    public void committed(Offsets offsets) {
      calls.add("committed " + offsets);
      if (unavailable > 0) {
        unavailable--;
        throw new RetryableException("can't be reached", null);
      }
    }

    @Override
    public Map<String, Long> metrics() {
      return Map.of("ranges", calls.stream().filter(call -> call.startsWith("end ")).count());
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }

  private final class Entries implements RangeReader<String> {
    private final List<String> entries;
    private final OffsetRange range;
    private long next;

    Entries(List<String> entries, OffsetRange range) {
      this.entries = entries;
      this.range = range;
      this.next = range.from();
    }

    @Override
    public boolean read(EventCollector<? super String> into, int maxEntries) {
      long end = Math.min(range.until(), next + maxEntries);
      for (; next < end; next++) {
        String entry = entries.get((int) next);
        if (entry.startsWith("!")) {
          into.deadLetter(next, "not an event", entry);
        } else {
          into.event(entry, next);
        }
      }
      return next < range.until();
    }

    @Override
    public void close() {
      calls.add("end " + range.partition());
    }
  }
}
