package io.vellamo.actors;

/** Groups called by their shard itself. */
final class InlineHostingTest extends GroupCases {
  InlineHostingTest() {
    super("inline");
  }
}
