package io.vellamo.actors;

/** Rows of groups that are actors. */
final class ActorEmittedRowsTest extends EmittedRowsCases {
  ActorEmittedRowsTest() {
    super("actor");
  }
}
