package io.vellamo.actors;

import io.vellamo.actors.shard.ShardAnswer;
import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.shard.ParkRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** A message to a coordinator. */
sealed interface QueryCommand {
  /** Command to begin, once the journal has been read. */
  enum Begin implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

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
   * Request to be told when there is nothing left to do.
   *
   * @param settled completed then
   */
  record Settle(CompletableFuture<Void> settled) implements QueryCommand {}

  /**
   * Request to be told when nothing more happens by itself.
   *
   * @param idle completed then
   */
  record TellIdle(CompletableFuture<Void> idle) implements QueryCommand {}

  /**
   * Request for the shards.
   *
   * @param shards completed with them, by number; with none if there are none yet
   */
  record Shards(CompletableFuture<List<ActorRef<ShardCommand>>> shards) implements QueryCommand {}

  /**
   * Request for the parked groups.
   *
   * @param groups completed with them
   */
  record TellParked(CompletableFuture<List<ParkedGroup>> groups) implements QueryCommand {}

  /**
   * A request to a parked group.
   *
   * @param operator the place of its operator
   * @param key the group
   * @param kind the request
   * @param found completed with whether the group is parked, once the request is in the journal
   */
  record RequestPark(
      int operator, GroupKey key, ParkRequest.Kind kind, CompletableFuture<Boolean> found)
      implements QueryCommand {}

  /** Notification that source and sinks are open. */
  enum IoOpened implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /**
   * An answer of a shard.
   *
   * @param answer the answer
   */
  record ShardReplied(ShardAnswer answer) implements QueryCommand {}

  /**
   * The source's offer for the next epoch.
   *
   * @param ranges what it offers
   */
  record Offered(List<OffsetRange> ranges) implements QueryCommand {}

  /**
   * The source's offer for the epoch after the one that runs.
   *
   * @param ranges what it offers; null if it could not be asked
   */
  record OfferedAhead(@Nullable List<OffsetRange> ranges) implements QueryCommand {}

  /**
   * The initial states that have been read.
   *
   * @param states those of each shard
   */
  record Initialized(List<InitialGroups> states) implements QueryCommand {}

  /**
   * An epoch that has been read and routed.
   *
   * @param routed its events
   */
  record Routed(RoutedEpoch routed) implements QueryCommand {}

  /**
   * The failure to read or route an epoch.
   *
   * @param cause why
   */
  record ReadingFailed(Throwable cause) implements QueryCommand {}

  /** Notification that the rows of an operator have been routed to the operators downstream. */
  enum RowsRouted implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /**
   * Notification that an epoch's rows are at the sink.
   *
   * @param rows how many there were
   */
  record Written(long rows) implements QueryCommand {}

  /**
   * A failure that ends the query.
   *
   * @param doing what failed
   * @param cause why
   */
  record Failed(String doing, Throwable cause) implements QueryCommand {}
}
