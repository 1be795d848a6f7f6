package io.vellamo.engine.protocol.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Users' requests that are answered when there is nothing left to do, or when nothing more happens
 * by itself.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class IdleRequests {
  private final QueryEffects effects;
  private final List<Long> settling = new ArrayList<>();
  private final List<Long> idling = new ArrayList<>();
  private int asked;

  IdleRequests(QueryEffects effects) {
    this.effects = effects;
  }

  void add(QueryRequest.Settle request) {
    settling.add(request.id());
  }

  void add(QueryRequest.AwaitIdle request) {
    idling.add(request.id());
  }

  boolean areSettling() {
    return !settling.isEmpty();
  }

  boolean isEmpty() {
    return settling.isEmpty() && idling.isEmpty();
  }

  /** Notes that the source is asked now: its answer counts for the requests made so far. */
  void sourceAsked() {
    asked = settling.size();
  }

  /** Answers the requests to settle that were made before the source was asked. */
  void settled() {
    List<Long> done = settling.subList(0, asked);
    done.forEach(id -> effects.answer(id, true));
    done.clear();
    asked = 0;
  }

  /** Answers that nothing more happens by itself; the next wake-up must be requested. */
  void idle() {
    idling.forEach(id -> effects.answer(id, true));
    idling.clear();
  }
}
