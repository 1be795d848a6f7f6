package io.vellamo.actors;

/** Errors of groups as actors of their own. */
final class ActorErrorTest extends ErrorCases {
  ActorErrorTest() {
    super("actor");
  }
}
