package io.vellamo.actors;

/** Groups as actors of their own. */
final class ActorHostingTest extends GroupCases {
  ActorHostingTest() {
    super("actor");
  }
}
