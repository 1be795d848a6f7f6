package io.vellamo.actors;

/** Parked groups as actors of their own. */
final class ActorParkTest extends ParkCases {
  ActorParkTest() {
    super("actor");
  }
}
