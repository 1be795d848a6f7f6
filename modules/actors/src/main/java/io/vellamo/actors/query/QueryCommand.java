package io.vellamo.actors.query;

import io.vellamo.actors.shard.ShardCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;

/** A message of others to a coordinator. */
public sealed interface QueryCommand extends CoordinatorMessage {
  /** Notification that something may have come: input, a due timer, the trigger's moment. */
  enum Wake implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /** Command to end the query. */
  enum Stop implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /** Notification that users' requests wait in the query's {@link RequestQueue}. */
  enum Requested implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /**
   * Request for the shards, which only actors in the same JVM make.
   *
   * @param shards completed with them, by number; with none if there are none yet
   */
  record Shards(CompletableFuture<List<ActorRef<ShardCommand>>> shards) implements QueryCommand {}
}
