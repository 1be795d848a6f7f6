package io.vellamo.actors;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Callers that wait until there is nothing left to do.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
final class Settling {
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private int asked;

  void add(CompletableFuture<Void> settled) {
    waiting.add(settled);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Notes that the source is asked now: its answer counts for the callers that wait already. */
  void sourceAsked() {
    asked = waiting.size();
  }

  /** Completes the callers that waited when the source was asked. */
  void complete() {
    List<CompletableFuture<Void>> done = waiting.subList(0, asked);
    done.forEach(settled -> settled.complete(null));
    done.clear();
    asked = 0;
  }
}
