package io.vellamo.actors;

/** Parked groups that their shard calls itself. */
final class InlineParkTest extends ParkCases {
  InlineParkTest() {
    super("inline");
  }
}
