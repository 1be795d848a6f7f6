package io.vellamo.api.source;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.NodeAccess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A source of events that application code offers. The events are held in memory until their epoch
 * is committed, and are lost in a crash; {@link #durable} returns a source that stores them.
 *
 * <p>One query at a time may use the source. Events left over when that query stops go to the next
 * query that opens it.
 *
 * <p><b>Threading</b> {@link #offer} is safe to share.
 *
 * @param <T> the event type
 * @since 0.1
 */
public final class HandoffSource<T> implements EventSource<T> {
  private static final SourcePartition PARTITION = new SourcePartition("handoff");

  private final int capacity;
  private final Consumer<List<T>> onCommitted;
  private final Object lock = new Object();
  // The following fields are guarded by lock.
  private final Deque<Held<T>> held = new ArrayDeque<>();
  private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
  private long firstOffset;
  private long plannedUntil;
  private @Nullable String lastQuery;
  private @Nullable Runnable signal;

  private HandoffSource(int capacity, Consumer<List<T>> onCommitted) {
    this.capacity = capacity;
    this.onCommitted = onCommitted;
  }

  /**
   * Returns a source that holds a bounded number of events.
   *
   * @param capacity the maximum number of events held, positive; further offers wait
   * @param <T> the event type
   * @return a source without events
   * @throws IllegalArgumentException if {@code capacity} is not positive
   */
  public static <T> HandoffSource<T> create(int capacity) {
    return create(capacity, committed -> {});
  }

  /**
   * Returns a source that holds a bounded number of events and reports when they are committed.
   *
   * @param capacity the maximum number of events held, positive; further offers wait
   * @param onCommitted called after each committed epoch with its events, in the order in which
   *     they were offered; empty for an epoch without data. May block, which delays the query
   * @param <T> the event type
   * @return a source without events
   * @throws IllegalArgumentException if {@code capacity} is not positive
   */
  public static <T> HandoffSource<T> create(int capacity, Consumer<List<T>> onCommitted) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive, was [%d]".formatted(capacity));
    }
    return new HandoffSource<>(capacity, onCommitted);
  }

  /**
   * Returns a source whose events are stored in the journal of the query before an offer completes.
   *
   * @param <T> the event type
   * @return a source without events
   */
  public static <T> DurableHandoffSource<T> durable() {
    return new DurableHandoffSource<>();
  }

  /**
   * Offers an event, which is held in memory only; use {@link #offerUntilCommitted} or {@link
   * #durable} for an event that must not be lost.
   *
   * <p><b>Order</b> Events are read in the order of the calls.
   *
   * @param event the event
   * @return completes when the source holds the event; wait for it before offering more, or pending
   *     offers accumulate in memory
   */
  public CompletionStage<Void> offer(T event) {
    Waiting<T> offer = new Waiting<>(new Held<>(event, null), new CompletableFuture<>());
    add(offer);
    return offer.accepted;
  }

  /**
   * Offers an event that the caller must not forget before it is durable, such as one that an HTTP
   * request has brought: the request can be answered once the stage completes.
   *
   * <p><b>Order</b> As for {@link #offer}.
   *
   * <p><b>Failure</b> If the query fails or stops, the event is still held, and the stage completes
   * once another run has committed it. A crash of the process loses the stage, and the event unless
   * its epoch was committed just before; the sender, who has no answer, sends it again.
   *
   * @param event the event
   * @return completes when the epoch with the event is committed: its effect on states is in the
   *     journal, and its rows are at the sink
   */
  public CompletionStage<Void> offerUntilCommitted(T event) {
    CompletableFuture<Void> committed = new CompletableFuture<>();
    add(new Waiting<>(new Held<>(event, committed), new CompletableFuture<>()));
    return committed;
  }

  private void add(Waiting<T> offer) {
    List<Waiting<T>> admitted;
    Runnable wake;
    synchronized (lock) {
      waiting.add(offer);
      admitted = admit();
      wake = signal;
    }
    accept(admitted);
    if (wake != null) {
      wake.run();
    }
  }

  @Override
  public String description() {
    return "Handoff[" + capacity + "]";
  }

  @Override
  public boolean isReplayable() {
    return false;
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "it holds the offered events in the memory of one node; offer them to a Kafka topic, and read that");
  }

  @Override
  public SourceReader<T> open(SourceContext context) {
    synchronized (lock) {
      firstOffset = context.committed().of(PARTITION).orElse(0);
      if (!context.queryName().equals(lastQuery)) {
        // Another query's plans don't tell which ranges this query may read again.
        plannedUntil = firstOffset;
        lastQuery = context.queryName();
      }
      signal = context.signal();
    }
    return new Reader();
  }

  /** Moves pending offers to the held events while there is room; the caller holds the lock. */
  private List<Waiting<T>> admit() {
    List<Waiting<T>> admitted = new ArrayList<>();
    while (held.size() < capacity && !waiting.isEmpty()) {
      Waiting<T> next = waiting.remove();
      held.add(next.held);
      admitted.add(next);
    }
    return admitted;
  }

  /**
   * Completes the offers. The caller must not hold the lock, as callbacks of the offering code run
   * here.
   */
  private static <T> void accept(List<Waiting<T>> admitted) {
    admitted.forEach(offer -> offer.accepted.complete(null));
  }

  private record Waiting<T>(Held<T> held, CompletableFuture<Void> accepted) {}

  /** An event; {@code committed} is null if nobody waits for its commit. */
  private record Held<T>(T event, @Nullable CompletableFuture<Void> committed) {
    private Held {
      requireNonNull(event, "event");
    }
  }

  private final class Reader implements SourceReader<T> {
    @Override
    public Offsets latest() {
      synchronized (lock) {
        return Offsets.of(Map.of(PARTITION, firstOffset + held.size()));
      }
    }

    @Override
    public List<OffsetRange> plan(Offsets from, Offsets upTo, long maxEvents) {
      List<OffsetRange> ranges = OffsetRange.share(from, upTo, maxEvents);
      synchronized (lock) {
        for (OffsetRange range : ranges) {
          plannedUntil = Math.max(plannedUntil, range.until());
        }
      }
      return ranges;
    }

    /**
     * Reads the held events. The events of a range that an earlier process planned are lost: the
     * range is empty, and the offsets of the events offered since start after it, so that they are
     * not taken for that range's events.
     */
    @Override
    public RangeReader<T> read(OffsetRange range) {
      List<T> events = new ArrayList<>();
      synchronized (lock) {
        if (range.until() > plannedUntil) {
          firstOffset = Math.max(firstOffset, range.until());
        }
        long offset = firstOffset;
        for (Held<T> each : held) {
          if (offset >= range.from() && offset < range.until()) {
            events.add(each.event);
          }
          offset++;
        }
      }
      return new ListRangeReader<>(events, range.from());
    }

    @Override
    public void committed(Offsets offsets) {
      List<Held<T>> released = new ArrayList<>();
      List<Waiting<T>> admitted;
      synchronized (lock) {
        long upTo = offsets.of(PARTITION).orElse(0);
        while (firstOffset < upTo && !held.isEmpty()) {
          released.add(held.remove());
          firstOffset++;
        }
        firstOffset = Math.max(firstOffset, upTo);
        admitted = admit();
      }
      accept(admitted);
      onCommitted.accept(released.stream().map(Held::event).toList());
      for (Held<T> each : released) {
        if (each.committed != null) {
          each.committed.complete(null);
        }
      }
    }

    @Override
    public void close() {
      synchronized (lock) {
        signal = null;
      }
    }
  }
}
