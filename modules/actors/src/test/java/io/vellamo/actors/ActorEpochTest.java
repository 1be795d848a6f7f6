package io.vellamo.actors;

/** Epochs run by actors, with an actor for each live group. */
final class ActorEpochTest extends StreamContract {
  ActorEpochTest() {
    super(new ActorDriver("actor"));
  }
}
