package io.vellamo.actors;

/** Processors whose groups are called by their shard. */
final class InlineProcessorTest extends ProcessorHostingCases {
  InlineProcessorTest() {
    super("inline");
  }
}
