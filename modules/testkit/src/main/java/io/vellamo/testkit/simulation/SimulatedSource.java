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
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * A replayable source in memory for simulations, whose events become available little by little.
 *
 * <p><b>Threading</b> Used by one thread.
 *
 * @param <T> the event type
 * @since 0.1
 */
public final class SimulatedSource<T> implements EventSource<T> {
  private static final class Partition<T> {
    private final List<T> events;
    private int available;

    Partition(List<T> events) {
      this.events = List.copyOf(events);
    }

    int left() {
      return events.size() - available;
    }
  }

  private final Map<SourcePartition, Partition<T>> partitions = new TreeMap<>();
  private final List<Runnable> signals = new ArrayList<>();
  private final SimulatedOutage outage = new SimulatedOutage();

  private SimulatedSource(Map<String, List<T>> events) {
    events.forEach(
        (name, some) -> partitions.put(new SourcePartition(name), new Partition<>(some)));
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
    partitions.forEach(
        (partition, content) -> {
          if (content.left() > 0) {
            growing.add(partition);
          }
        });
    SourcePartition partition = dice.pick(growing);
    Partition<T> content = Objects.requireNonNull(partitions.get(partition));
    int more = Math.min(content.left(), dice.between(1, dice.oneOf(1, 5, 30)));
    content.available += more;
    List.copyOf(signals).forEach(Runnable::run);
    return "%d more events in %s".formatted(more, partition);
  }

  /** Lets the next calls fail as if the source could not be reached. */
  void beginOutage(int calls) {
    outage.begin(calls);
  }

  void endOutage() {
    outage.end();
  }

  /** Returns whether all events are available. */
  boolean isFed() {
    return partitions.values().stream().allMatch(content -> content.left() == 0);
  }

  /** Returns the end of all events. */
  Offsets ends() {
    return offsets(content -> content.events.size());
  }

  private Offsets offsets(ToIntFunction<Partition<T>> end) {
    Map<SourcePartition, Long> ends = new TreeMap<>();
    partitions.forEach(
        (partition, content) -> {
          long offset = end.applyAsInt(content);
          if (offset > 0) {
            ends.put(partition, offset);
          }
        });
    return Offsets.of(ends);
  }

  /** Returns the events of a range. */
  List<T> events(OffsetRange range) {
    return Objects.requireNonNull(partitions.get(range.partition()))
        .events
        .subList(Math.toIntExact(range.from()), Math.toIntExact(range.until()));
  }

  @Override
  public String description() {
    return "Simulated";
  }

  @Override
  public SourceReader<T> open(SourceContext context) {
    outage.call();
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
      outage.call();
      return offsets(content -> content.available);
    }

    @Override
    public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
      outage.call();
      return OffsetRange.share(from, upTo, maxEvents);
    }

    @Override
    public RangeReader<T> read(OffsetRange range) {
      outage.call();
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
      outage.call();
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
