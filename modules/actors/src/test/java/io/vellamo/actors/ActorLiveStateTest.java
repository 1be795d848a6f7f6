package io.vellamo.actors;

/** Groups that are read while they are actors of their own. */
final class ActorLiveStateTest extends LiveStateCases {
  ActorLiveStateTest() {
    super("actor");
  }
}
