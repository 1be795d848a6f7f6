package io.vellamo.actors;

/** Ranges of a sink, with groups hosted as {@code inline}. */
final class InlineParallelSinkTest extends ParallelSinkCases {
  InlineParallelSinkTest() {
    super("inline");
  }
}
