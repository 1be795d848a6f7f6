package io.vellamo.actors;

import io.vellamo.actors.shard.ShardCommand;
import io.vellamo.actors.shard.ShardReply;
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

/** What a coordinator is told. */
sealed interface QueryCommand {
  /** The journal has been read: begin. */
  enum Begin implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /** Something may have come: input, a due timer, the trigger's moment. */
  enum Wake implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /** End the query. */
  enum Stop implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /** Users' requests wait in the query's {@link RequestQueue}. */
  enum Requested implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /**
   * Tell when there is nothing left to do.
   *
   * @param settled completed then
   */
  record Settle(CompletableFuture<Void> settled) implements QueryCommand {}

  /**
   * Tell the shards.
   *
   * @param shards completed with them, by number; with none if there are none yet
   */
  record Shards(CompletableFuture<List<ActorRef<ShardCommand>>> shards) implements QueryCommand {}

  /**
   * Tell the parked groups.
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
   * @param found completed with whether it is parked, once the request is in the journal
   */
  record RequestPark(
      int operator, GroupKey key, ParkRequest.Kind kind, CompletableFuture<Boolean> found)
      implements QueryCommand {}

  /** Source and sinks are open. */
  enum IoOpened implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /**
   * A shard has answered.
   *
   * @param reply its answer
   */
  record ShardReplied(ShardReply reply) implements QueryCommand {}

  /**
   * The source has been asked.
   *
   * @param ranges what it offers
   */
  record Offered(List<OffsetRange> ranges) implements QueryCommand {}

  /**
   * The source has been asked what comes behind the epoch that runs.
   *
   * @param ranges what it offers; null if it could not be asked
   */
  record OfferedAhead(@Nullable List<OffsetRange> ranges) implements QueryCommand {}

  /**
   * The initial states have been read.
   *
   * @param states those of each shard
   */
  record Initialized(List<InitialGroups> states) implements QueryCommand {}

  /**
   * An epoch has been read and routed.
   *
   * @param routed its events
   */
  record Routed(RoutedEpoch routed) implements QueryCommand {}

  /**
   * An epoch could not be read or routed.
   *
   * @param cause why
   */
  record ReadingFailed(Throwable cause) implements QueryCommand {}

  /** The rows of an operator have been routed to the operators behind it. */
  enum RowsRouted implements QueryCommand {
    /** The only value. */
    INSTANCE
  }

  /**
   * An epoch's rows are at the sink.
   *
   * @param rows how many there were
   */
  record Written(long rows) implements QueryCommand {}

  /**
   * The query can't go on.
   *
   * @param doing what failed
   * @param cause why
   */
  record Failed(String doing, Throwable cause) implements QueryCommand {}
}
