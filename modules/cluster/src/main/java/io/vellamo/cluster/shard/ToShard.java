package io.vellamo.cluster.shard;

import io.vellamo.cluster.chunk.InputPart;
import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** A message to a shard, wherever it runs. It may be lost, and may arrive twice. */
sealed interface ToShard extends EntityMessage, ClusterMessage {
  /** Returns the number of the shard among all shards of the query. */
  int shard();

  /**
   * Request to open the shard, which is started if it does not run.
   *
   * @param shard the shard
   * @param created the shards and operators of the query, as its journal has them
   * @param keepsRows whether its rows are written to the sink where it runs
   * @param request the request
   * @param link the coordinator's end of the link, which gets the answer
   */
  record Open(
      int shard,
      QueryCreated created,
      boolean keepsRows,
      ShardRequest.Open request,
      ActorRef<FromShard> link)
      implements ToShard {}

  /**
   * A request other than {@link Open} and {@link Run}.
   *
   * @param shard the shard
   * @param request the request
   * @param link as above
   */
  record Ask(int shard, ShardRequest request, ActorRef<FromShard> link) implements ToShard {}

  /**
   * Request to run an epoch.
   *
   * @param shard the shard
   * @param request the request
   * @param parts where the shard gets its input, in the order in which it is to be read
   * @param link as above
   */
  record Run(
      int shard, ShardRequest.RunEpoch request, List<InputPart> parts, ActorRef<FromShard> link)
      implements ToShard {
    /** Copies the parts. */
    public Run {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Request for the next chunks of an answer.
   *
   * @param shard the shard
   * @param answer identifies the answer, as in {@link FromShard.Answered}
   * @param from the number of the first chunk
   * @param link as above
   */
  record GiveAnswer(int shard, long answer, int from, ActorRef<FromShard> link)
      implements ToShard {}

  /**
   * Order to write or commit a range of the sink, all of whose rows come from this shard.
   *
   * @param shard the shard
   * @param order the order
   * @param link as above
   */
  record OrderRange(int shard, RangeOrder order, ActorRef<FromShard> link) implements ToShard {}
}
