package io.vellamo.connectors.pekko;

import io.vellamo.api.source.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of the elements that a query has taken in, until the epochs of the elements are
 * committed.
 *
 * <p><b>Threading</b> Used by one stage only.
 *
 * @param <C> the contexts
 */
final class TakenContexts<C> {
  /** The context of an element; its receipt is known once the query's source has stored it. */
  static final class Taken<C> {
    private final C context;
    private @Nullable Receipt receipt;

    private Taken(C context) {
      this.context = context;
    }
  }

  private final Deque<Taken<C>> waiting = new ArrayDeque<>();
  private int unstored;
  // Of the elements whose contexts were released, those that are events of this run.
  private long releasedEvents;

  /** Takes the context of an element that the source may not have stored yet. */
  Taken<C> add(C context) {
    Taken<C> taken = new Taken<>(context);
    waiting.add(taken);
    unstored++;
    return taken;
  }

  /** Notes that the source has stored an element, or knows it already. */
  void stored(Taken<C> taken, Receipt receipt) {
    taken.receipt = receipt;
    unstored--;
  }

  /** Returns whether the source has stored all elements. */
  boolean areStored() {
    return unstored == 0;
  }

  /**
   * Removes the contexts that may come out: those of committed events and, of elements that were
   * known already, those behind them. An element that was known already may be any of the events
   * before it, so its context waits for all of these.
   *
   * @param committedEvents how many events of this run are committed; negative as long as events of
   *     earlier runs are not
   * @return the contexts, in the order of the elements
   */
  List<C> release(long committedEvents) {
    List<C> released = new ArrayList<>();
    for (Taken<C> first = waiting.peek();
        first != null && first.receipt != null;
        first = waiting.peek()) {
      long events = releasedEvents + (first.receipt == Receipt.STORED ? 1 : 0);
      if (events > committedEvents) {
        break;
      }
      releasedEvents = events;
      released.add(first.context);
      waiting.remove();
    }
    return released;
  }
}
