package io.vellamo.actors;

/** Initial states of groups that are actors of their own. */
final class ActorInitialStateTest extends InitialStateCases {
  ActorInitialStateTest() {
    super("actor");
  }
}
