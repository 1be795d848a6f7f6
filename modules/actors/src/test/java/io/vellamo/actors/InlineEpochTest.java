package io.vellamo.actors;

/** Epochs run by actors, with groups that their shard calls itself. */
final class InlineEpochTest extends StreamContract {
  InlineEpochTest() {
    super(new ActorDriver("inline"));
  }
}
