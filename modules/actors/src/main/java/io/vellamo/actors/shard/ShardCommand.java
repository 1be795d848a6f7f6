package io.vellamo.actors.shard;

import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.ShardRequest;
import org.apache.pekko.actor.typed.ActorRef;

/** A message of others to a shard. */
public sealed interface ShardCommand extends ShardMessage {
  /**
   * A request other than one to run an epoch.
   *
   * @param request the request
   * @param replyTo gets the answer
   */
  record Request(ShardRequest request, ActorRef<ShardAnswer> replyTo) implements ShardCommand {}

  /**
   * A request to run an epoch.
   *
   * @param request the request
   * @param input the epoch's input for this shard
   * @param replyTo gets the answer
   */
  record RunEpoch(ShardRequest.RunEpoch request, EpochInput input, ActorRef<ShardAnswer> replyTo)
      implements ShardCommand {}
}
