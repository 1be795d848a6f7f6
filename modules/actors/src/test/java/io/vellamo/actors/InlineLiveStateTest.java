package io.vellamo.actors;

/** Groups that are read from shards that call their groups themselves. */
final class InlineLiveStateTest extends LiveStateCases {
  InlineLiveStateTest() {
    super("inline");
  }
}
