package io.vellamo.actors;

/** Outages of sources and sinks, with groups that their shard calls itself. */
final class InlineOutageTest extends OutageCases {
  InlineOutageTest() {
    super(new ActorDriver("inline"));
  }
}
