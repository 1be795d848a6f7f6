package io.vellamo.connectors.pekko;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * The events that a running stream has given and that are not committed.
 *
 * <p><b>Threading</b> Safe to share: the stream adds one event after the other.
 *
 * @param <T> the events
 */
final class StreamBuffer<T> {
  private final String description;
  private final int capacity;
  // All guarded by this.
  private final NavigableMap<Long, T> held = new TreeMap<>();
  private long first;
  private long end;
  // A range that is read needs the events before this offset.
  private long needed;
  private @Nullable CompletableFuture<Done> fullUntil;
  private @Nullable Exception failure;
  private boolean isCompleted;

  /**
   * Creates an empty buffer.
   *
   * @param from the offset from which the stream runs
   */
  StreamBuffer(String description, int capacity, long from) {
    this.description = description;
    this.capacity = capacity;
    this.first = from;
    this.end = from;
  }

  /** Adds the next event of the stream; the stage completes when there is room for another. */
  synchronized CompletionStage<Done> add(StreamEvent<T> event) {
    if (event.offset() < end) {
      return CompletableFuture.failedStage(
          new SourceException(
              description,
              "Stream of source [%s] must begin at the offset that it is given, with increasing offsets, gave [%d] where [%d] or more was next"
                  .formatted(description, event.offset(), end),
              null));
    }
    held.put(event.offset(), event.event());
    end = event.offset() + 1;
    notifyAll();
    if (hasRoom()) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    CompletableFuture<Done> full = new CompletableFuture<>();
    fullUntil = full;
    return full;
  }

  private boolean hasRoom() {
    return held.size() < capacity || end < needed;
  }

  /** Notes the end of the stream; null for its completion. */
  synchronized void ended(@Nullable Exception cause) {
    isCompleted = true;
    failure = cause;
    notifyAll();
  }

  synchronized void requireSound() throws Exception {
    if (failure != null) {
      throw failure;
    }
  }

  synchronized long first() {
    return first;
  }

  synchronized long end() {
    return end;
  }

  /** Returns the offset after the last of some events from an offset on; the offset if none. */
  synchronized long endOf(long from, long until, long maxEvents) {
    return held.subMap(from, Math.max(from, until)).keySet().stream()
            .limit(maxEvents)
            .reduce(from - 1, (before, offset) -> offset)
        + 1;
  }

  /** Returns the events of a range, which an earlier run may have planned: waits for them. */
  List<StreamEvent<T>> range(OffsetRange range) throws Exception {
    awaitEnd(range.until());
    synchronized (this) {
      List<StreamEvent<T>> events = new ArrayList<>();
      held.subMap(range.from(), range.until())
          .forEach((offset, event) -> events.add(new StreamEvent<>(offset, event)));
      return events;
    }
  }

  /** Waits until the stream has given the events before an offset, whatever the capacity. */
  synchronized void awaitEnd(long until) throws Exception {
    while (end < until) {
      if (failure != null) {
        throw failure;
      }
      if (isCompleted) {
        throw new SourceException(
            description,
            "Stream of source [%s] must give the events before offset [%d] again, ended at [%d]"
                .formatted(description, until, end),
            null);
      }
      needed = Math.max(needed, until);
      release();
      wait();
    }
  }

  synchronized void committed(long offset) {
    held.headMap(offset).clear();
    first = Math.max(first, offset);
    release();
  }

  private void release() {
    CompletableFuture<Done> full = fullUntil;
    if (full != null && hasRoom()) {
      fullUntil = null;
      // The stream only puts a message into its own mailbox.
      full.complete(Done.getInstance());
    }
  }
}
