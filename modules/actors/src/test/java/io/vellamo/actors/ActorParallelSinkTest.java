package io.vellamo.actors;

/** Ranges of a sink, with groups hosted as {@code actor}. */
final class ActorParallelSinkTest extends ParallelSinkCases {
  ActorParallelSinkTest() {
    super("actor");
  }
}
