package io.vellamo.actors;

/** Initial states of groups that their shard calls itself. */
final class InlineInitialStateTest extends InitialStateCases {
  InlineInitialStateTest() {
    super("inline");
  }
}
