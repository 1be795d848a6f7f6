package io.vellamo.actors.query;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Users' requests to a query, until its coordinator takes them. The coordinator is told once that
 * requests wait, so only one message is pending while it reads or writes its journal, however many
 * requests there are. The number of unanswered requests is bounded.
 *
 * <p><b>Threading</b> Safe to share; never waits.
 */
public final class RequestQueue {
  /** The outcome of an offer. */
  public enum Offer {
    /** Taken; the coordinator has to be told. */
    FIRST,
    /** Taken; the coordinator knows already. */
    TAKEN,
    /** Refused. */
    FULL
  }

  private final int most;
  // Both guarded by this.
  private List<UserRequest<?>> waiting = new ArrayList<>();
  private int unanswered;

  /** Creates an empty queue for at most {@code most} unanswered requests. */
  public RequestQueue(int most) {
    this.most = most;
  }

  /** Offers a request. */
  public Offer offer(UserRequest<?> request) {
    Offer offer = take(request);
    if (offer != Offer.FULL) {
      CompletionStage<?> answer = request.answer();
      answer.whenComplete((ok, failure) -> answered());
    }
    return offer;
  }

  private synchronized Offer take(UserRequest<?> request) {
    if (unanswered == most) {
      return Offer.FULL;
    }
    unanswered++;
    waiting.add(request);
    return waiting.size() == 1 ? Offer.FIRST : Offer.TAKEN;
  }

  private synchronized void answered() {
    unanswered--;
  }

  /** Takes all waiting requests, in order. */
  public synchronized List<UserRequest<?>> takeAll() {
    List<UserRequest<?>> all = waiting;
    waiting = new ArrayList<>();
    return all;
  }
}
