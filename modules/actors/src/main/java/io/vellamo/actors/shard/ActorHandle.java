package io.vellamo.actors.shard;

import org.apache.pekko.actor.ActorRef;

/** A seat that is an actor. */
final class ActorSeat extends Seat {
  private final ActorRef actor;

  ActorSeat(ActorRef actor) {
    this.actor = actor;
  }

  ActorRef actor() {
    return actor;
  }
}
