package io.vellamo.actors;

/** Outages of sources and sinks, with groups as actors of their own. */
final class ActorOutageTest extends OutageCases {
  ActorOutageTest() {
    super(new ActorDriver("actor"));
  }
}
