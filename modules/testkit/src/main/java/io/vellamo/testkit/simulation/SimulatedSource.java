package io.vellamo.testkit.simulation;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A replayable source in memory for simulations, whose events become available little by little.
 *
 * <p><b>Threading</b> Used by one thread.
 *
 * @param <T> the event type
 * @since 0.1
 */
public final class SimulatedSource<T> implements EventSource<T> {
  private final Map<SourcePartition, List<T>> events = new TreeMap<>();
  private final Map<SourcePartition, Integer> available = new TreeMap<>();
  private final List<Runnable> signals = new ArrayList<>();

  private SimulatedSource(Map<String, List<T>> events) {
    events.forEach(
        (name, some) -> {
          this.events.put(new SourcePartition(name), List.copyOf(some));
          available.put(new SourcePartition(name), 0);
        });
  }

  /**
   * Returns a source with one partition.
   *
   * @param events all its events, in order
   * @param <T> the event type
   * @return a source none of whose events is available yet
   */
  public static <T> SimulatedSource<T> of(List<T> events) {
    return of(Map.of("events", events));
  }

  /**
   * Returns a source.
   *
   * @param events the events of each partition, in order, by the partition's name
   * @param <T> the event type
   * @return a source none of whose events is available yet
   */
  public static <T> SimulatedSource<T> of(Map<String, List<T>> events) {
    return new SimulatedSource<>(requireNonNull(events, "events"));
  }

  /** Makes more events available; returns a description. */
  String feed(Dice dice) {
    List<SourcePartition> growing = new ArrayList<>();
    available.forEach(
        (partition, end) -> {
          if (end < events.get(partition).size()) {
            growing.add(partition);
          }
        });
    SourcePartition partition = dice.pick(growing);
    int left = events.get(partition).size() - available.get(partition);
    int more = Math.min(left, dice.between(1, dice.oneOf(1, 5, 30)));
    available.merge(partition, more, Integer::sum);
    List.copyOf(signals).forEach(Runnable::run);
    return "%d more events in %s".formatted(more, partition);
  }

  /** Returns whether all events are available. */
  boolean isFed() {
    return latest().equals(ends());
  }

  /** Returns the end of all events. */
  Offsets ends() {
    Map<SourcePartition, Long> ends = new TreeMap<>();
    events.forEach(
        (partition, all) -> {
          if (!all.isEmpty()) {
            ends.put(partition, (long) all.size());
          }
        });
    return Offsets.of(ends);
  }

  private Offsets latest() {
    Map<SourcePartition, Long> ends = new TreeMap<>();
    available.forEach(
        (partition, end) -> {
          if (end > 0) {
            ends.put(partition, (long) end);
          }
        });
    return Offsets.of(ends);
  }

  /** Returns the events of a range. */
  List<T> events(OffsetRange range) {
    return events
        .getOrDefault(range.partition(), List.of())
        .subList(Math.toIntExact(range.from()), Math.toIntExact(range.until()));
  }

  @Override
  public String description() {
    return "Simulated";
  }

  @Override
  public SourceReader<T> open(SourceContext context) {
    signals.add(context.signal());
    return new Reader(context.signal());
  }

  private final class Reader implements SourceReader<T> {
    private final Runnable signal;

    Reader(Runnable signal) {
      this.signal = signal;
    }

    @Override
    public Offsets latest() {
      return SimulatedSource.this.latest();
    }

    @Override
    public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
      return OffsetRange.share(from, upTo, maxEvents);
    }

    @Override
    public RangeReader<T> read(OffsetRange range) {
      return new Range(range);
    }

    @Override
    public void close() {
      signals.remove(signal);
    }
  }

  private final class Range implements RangeReader<T> {
    private final List<T> all;
    private final long from;
    private int next;

    Range(OffsetRange range) {
      this.all = events(range);
      this.from = range.from();
    }

    @Override
    public boolean read(EventCollector<? super T> into, int maxEntries) {
      for (int i = 0; i < maxEntries && next < all.size(); i++) {
        into.event(all.get(next), from + next);
        next++;
      }
      return next < all.size();
    }

    @Override
    public void close() {}
  }
}
