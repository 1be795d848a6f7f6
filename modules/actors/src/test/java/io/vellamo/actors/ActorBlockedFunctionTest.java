package io.vellamo.actors;

/** Functions that do not return, hosting = actor. */
final class ActorBlockedFunctionTest extends BlockedFunctionCases {
  ActorBlockedFunctionTest() {
    super("actor");
  }
}
