package io.vellamo.connectors.pekko;

import io.vellamo.api.source.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements that a query has taken in: they are offered to its source, and offered again if it
 * is closed and opened again, until their epochs are committed and their contexts may come out.
 *
 * <p><b>Threading</b> Used by one stage only.
 *
 * @param <E> the events
 * @param <C> the contexts
 */
final class TakenElements<E, C> {
  /** An element. */
  static final class Taken<E, C> {
    private final E event;
    private final C context;
    // The opening of the source in which it was offered last.
    private long opening;
    // Null until the source has stored the event.
    private @Nullable Receipt receipt;

    private Taken(E event, C context) {
      this.event = event;
      this.context = context;
    }

    E event() {
      return event;
    }

    C context() {
      return context;
    }
  }

  private final Deque<Taken<E, C>> elements = new ArrayDeque<>();
  private List<Taken<E, C>> unoffered = new ArrayList<>();
  // Offers without an answer, to the source as it is open now and as it was before.
  private int offers;
  private int earlierOffers;
  private boolean hasRefused;
  private long opening;
  // Of the elements whose contexts were released, those stored as new since the source is open.
  private long releasedEvents;

  void add(E event, C context) {
    Taken<E, C> taken = new Taken<>(event, context);
    elements.add(taken);
    unoffered.add(taken);
  }

  /**
   * Notes that the source has been opened. Elements that it has stored before are nothing new to
   * it.
   */
  void opened() {
    opening++;
    earlierOffers += offers;
    offers = 0;
    elements.forEach(taken -> taken.receipt = taken.receipt == null ? null : Receipt.DUPLICATE);
    releasedEvents = 0;
  }

  /**
   * Returns the elements to be offered next, in order. Elements that were refused come first, so
   * there are none as long as more may be refused.
   */
  List<Taken<E, C>> takeUnoffered() {
    if (earlierOffers > 0 || (hasRefused && offers > 0)) {
      return List.of();
    }
    List<Taken<E, C>> next =
        hasRefused ? elements.stream().filter(taken -> taken.receipt == null).toList() : unoffered;
    hasRefused = false;
    unoffered = new ArrayList<>();
    offers += next.size();
    next.forEach(taken -> taken.opening = opening);
    return next;
  }

  /** Notes that the source has stored an element, or knew it already. */
  void stored(Taken<E, C> taken, Receipt receipt) {
    taken.receipt = taken.opening == opening ? receipt : Receipt.DUPLICATE;
    answered(taken);
  }

  /** Notes that the source was closed when an element was offered. */
  void refused(Taken<E, C> taken) {
    hasRefused = true;
    answered(taken);
  }

  private void answered(Taken<E, C> taken) {
    if (taken.opening == opening) {
      offers--;
    } else {
      earlierOffers--;
    }
  }

  /** Returns whether the source has stored all elements. */
  boolean areStored() {
    return offers == 0 && earlierOffers == 0 && !hasRefused && unoffered.isEmpty();
  }

  /**
   * Removes elements from the beginning whose contexts may come out: those that are committed. An
   * element that the source knew already may be any of the events before it, so it counts as
   * committed when all of these are.
   *
   * @param committedEvents how many of the events stored since the source is open are committed;
   *     negative as long as events stored before are not
   * @return the contexts, in the order of the elements
   */
  List<C> release(long committedEvents) {
    List<C> released = new ArrayList<>();
    for (Taken<E, C> first = elements.peek();
        first != null && first.receipt != null;
        first = elements.peek()) {
      long events = releasedEvents + (first.receipt == Receipt.STORED ? 1 : 0);
      if (events > committedEvents) {
        break;
      }
      releasedEvents = events;
      released.add(first.context);
      elements.remove();
    }
    return released;
  }
}
