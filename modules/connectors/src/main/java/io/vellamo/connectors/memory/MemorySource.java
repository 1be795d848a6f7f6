package io.vellamo.connectors.memory;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.ListRangeReader;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceException;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A source that a test fills, and that keeps every event so that any epoch can be read again.
 *
 * <pre>{@code
 * MemorySource<String> words = MemorySource.create();
 * words.add("a", "b", "a");
 * }</pre>
 *
 * <p><b>Threading</b> Safe to share; several queries may read it, each from the start.
 *
 * <p><b>Failure</b> Events exist only in this object: a query that resumes in another JVM fails,
 * since its events are lost.
 *
 * @param <T> the events
 * @since 0.1
 */
public final class MemorySource<T> implements EventSource<T> {
  private final Object lock = new Object();
  // The fields below are guarded by lock.
  private final List<List<T>> partitions = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();

  private MemorySource(int count) {
    for (int i = 0; i < count; i++) {
      partitions.add(new ArrayList<>());
    }
  }

  /**
   * Returns a source with one partition.
   *
   * @param <T> the events
   * @return a source without events
   */
  public static <T> MemorySource<T> create() {
    return create(1);
  }

  /**
   * Returns a source with several partitions.
   *
   * @param partitions the number of partitions, positive
   * @param <T> the events
   * @return a source without events
   * @throws IllegalArgumentException if {@code partitions} is not positive
   */
  public static <T> MemorySource<T> create(int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "partitions must be positive, was [%d]".formatted(partitions));
    }
    return new MemorySource<>(partitions);
  }

  /**
   * Adds events to the first partition, all at once: no epoch ends between them unless it is full.
   *
   * @param events the events, in order
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final void add(T... events) {
    addTo(0, List.of(events));
  }

  /**
   * Adds events to a partition, all at once: no epoch ends between them unless it is full.
   *
   * @param partition its number, from 0
   * @param events the events, in order
   * @throws IndexOutOfBoundsException if there is no such partition
   */
  public void addTo(int partition, List<? extends T> events) {
    List<T> copy = List.copyOf(events);
    List<Reader> woken;
    synchronized (lock) {
      partitions.get(partition).addAll(copy);
      woken = List.copyOf(readers);
    }
    woken.forEach(reader -> reader.signal.run());
  }

  @Override
  public String description() {
    return "Memory";
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "its events are in the memory of one node; use a source that every node reaches, such as a Kafka topic or a database table");
  }

  @Override
  public SourceReader<T> open(SourceContext context) {
    Reader reader = new Reader(context.signal());
    synchronized (lock) {
      readers.add(reader);
    }
    return reader;
  }

  private static SourcePartition partition(int number) {
    return new SourcePartition("memory-" + number);
  }

  private final class Reader implements SourceReader<T> {
    private final Runnable signal;

    Reader(Runnable signal) {
      this.signal = signal;
    }

    @Override
    public Offsets latest() {
      Map<SourcePartition, Long> ends = new HashMap<>();
      synchronized (lock) {
        for (int i = 0; i < partitions.size(); i++) {
          ends.put(partition(i), (long) partitions.get(i).size());
        }
      }
      return Offsets.of(ends);
    }

    @Override
    public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
      return OffsetRange.share(from, upTo, maxEvents);
    }

    @Override
    public RangeReader<T> read(OffsetRange range) {
      requireNonNull(range, "range");
      synchronized (lock) {
        for (int i = 0; i < partitions.size(); i++) {
          if (partition(i).equals(range.partition()) && range.until() <= partitions.get(i).size()) {
            List<T> events =
                partitions.get(i).subList((int) range.from(), Math.toIntExact(range.until()));
            return new ListRangeReader<>(List.copyOf(events), range.from());
          }
        }
      }
      throw new SourceException(
          description(),
          "Source [%s] must hold the events of range [%d, %d) of [%s], but it was created anew; use"
                  .formatted(description(), range.from(), range.until(), range.partition())
              + " the same object, or a source that outlives the JVM",
          null);
    }

    @Override
    public void close() {
      synchronized (lock) {
        readers.remove(this);
      }
    }
  }
}
