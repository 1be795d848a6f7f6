package io.vellamo.actors.shard;

import org.apache.pekko.actor.typed.ActorRef;

/** A seat that is an actor. */
final class ActorSeat extends Seat {
  private final ActorRef<GroupActor.Step> actor;

  ActorSeat(ActorRef<GroupActor.Step> actor) {
    this.actor = actor;
  }

  ActorRef<GroupActor.Step> actor() {
    return actor;
  }
}
