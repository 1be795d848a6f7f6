package io.vellamo.actors;

import java.util.ArrayList;
import java.util.List;

/**
 * What users ask of a query, until its coordinator gets to it: bounded, and the coordinator is told
 * once that there is something. A coordinator that waits for its journal or for its recovery so has
 * one message waiting, however much is asked.
 *
 * <p><b>Threading</b> Safe to share; nobody waits.
 */
final class RequestQueue {
  private final int most;
  // Guarded by this.
  private List<QueryCommand> waiting = new ArrayList<>();

  /** Creates an empty queue for at most {@code most} requests. */
  RequestQueue(int most) {
    this.most = most;
  }

  /** The outcome of an offer. */
  enum Offer {
    /** Taken; the coordinator has to be told. */
    FIRST,
    /** Taken; the coordinator knows already. */
    TAKEN,
    /** Refused. */
    FULL
  }

  /** Offers a request. */
  synchronized Offer offer(QueryCommand request) {
    if (waiting.size() >= most) {
      return Offer.FULL;
    }
    waiting.add(request);
    return waiting.size() == 1 ? Offer.FIRST : Offer.TAKEN;
  }

  /** Takes everything that waits, in its order. */
  synchronized List<QueryCommand> takeAll() {
    List<QueryCommand> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }
}
