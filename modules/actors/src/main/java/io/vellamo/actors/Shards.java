package io.vellamo.actors;

import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * A coordinator's access to its shards, wherever they run. Their answers come as {@link
 * CoordinatorMessage.Answered}.
 *
 * <p>Everything that is sent is a value that a serializer could write.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only.
 */
interface Shards {
  /** Starts all shards. */
  void start(QueryCreated created);

  /** Starts a shard that has stopped again. */
  void restart(int shard);

  /** Sends a request other than one to run an epoch. */
  void send(int shard, ShardRequest request);

  /** Sends a request to run an epoch, with the shard's input. */
  void run(int shard, ShardRequest.RunEpoch request, EpochInput input);

  /** Returns the shards in the order of their journals, for queries within the same JVM. */
  List<ActorRef<ShardCommand>> inJournalOrder();
}
