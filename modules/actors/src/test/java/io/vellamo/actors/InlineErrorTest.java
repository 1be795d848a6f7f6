package io.vellamo.actors;

/** Errors of groups that their shard calls itself. */
final class InlineErrorTest extends ErrorCases {
  InlineErrorTest() {
    super("inline");
  }
}
