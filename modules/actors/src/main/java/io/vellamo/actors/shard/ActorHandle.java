package io.vellamo.actors.shard;

import org.apache.pekko.actor.ActorRef;

/** A handle that refers to an actor. */
final class ActorHandle extends HostHandle {
  private final ActorRef actor;

  ActorHandle(ActorRef actor) {
    this.actor = actor;
  }

  ActorRef actor() {
    return actor;
  }
}
