package io.vellamo.actors;

/** Processors whose groups are as actors of their own. */
final class ActorProcessorTest extends ProcessorHostingCases {
  ActorProcessorTest() {
    super("actor");
  }
}
