package io.vellamo.actors;

/** Functions that do not return, hosting = inline. */
final class InlineBlockedFunctionTest extends BlockedFunctionCases {
  InlineBlockedFunctionTest() {
    super("inline");
  }
}
