package io.vellamo.engine.protocol.query;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.protocol.ShardReply;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An input of a {@link QueryMachine}: what has happened. */
public sealed interface QueryInput {
  /**
   * The journal has been read; the first input.
   *
   * @param state what it holds
   */
  record Recovered(QueryState state) implements QueryInput {}

  /**
   * The journal holds the records of the last {@link QueryEffects#persist}.
   *
   * @param lastSequenceNr the sequence number of the last of them
   */
  record Journaled(long lastSequenceNr) implements QueryInput {}

  /** Source and sinks are open. */
  record Opened() implements QueryInput {}

  /**
   * Source and sinks could not be opened.
   *
   * @param problem why
   */
  record OpenFailed(Problem problem) implements QueryInput {}

  /**
   * The initial states have been read.
   *
   * @param shards the shards that have any
   */
  record InitialStatesRead(Set<Integer> shards) implements QueryInput {
    /** Copies the set. */
    public InitialStatesRead {
      shards = Set.copyOf(shards);
    }
  }

  /**
   * The source has answered what it offers for the next epoch.
   *
   * @param ranges what it offers; empty if there is nothing to read
   */
  record Offered(List<OffsetRange> ranges) implements QueryInput {
    /** Copies the ranges. */
    public Offered {
      ranges = List.copyOf(ranges);
    }
  }

  /**
   * The source could not be asked what it offers for the next epoch.
   *
   * @param problem why
   */
  record OfferFailed(Problem problem) implements QueryInput {}

  /**
   * The source has answered what it offers for the epoch after the one that runs.
   *
   * @param ranges what it offers; null if it could not be asked, which is found again in the
   *     epoch's turn
   */
  record OfferedAhead(@Nullable List<OffsetRange> ranges) implements QueryInput {
    /** Copies the ranges. */
    public OfferedAhead {
      ranges = ranges == null ? null : List.copyOf(ranges);
    }
  }

  /**
   * An epoch has been read and its events assigned to shards.
   *
   * @param epoch the epoch
   * @param attempt the attempt to run it, as in {@link QueryEffects#read}
   * @param summary its events
   */
  record EpochRead(long epoch, long attempt, EpochSummary summary) implements QueryInput {}

  /**
   * An epoch could not be read.
   *
   * @param epoch the epoch
   * @param attempt the attempt to run it
   * @param problem why
   */
  record ReadFailed(long epoch, long attempt, Problem problem) implements QueryInput {}

  /**
   * The side of the sink has taken a page of the whole result.
   *
   * @param shard the shard that has sent it
   * @param epoch the epoch
   * @param attempt the attempt to run it
   * @param number the number of the page
   */
  record PageTaken(int shard, long epoch, long attempt, int number) implements QueryInput {}

  /**
   * The rows of an operator have been routed to the operators downstream.
   *
   * @param epoch the epoch
   * @param attempt the attempt to run it
   * @param summary the epoch's events, including those rows
   */
  record RowsRouted(long epoch, long attempt, EpochSummary summary) implements QueryInput {}

  /**
   * The sinks have written an epoch, except for the rows of ranges.
   *
   * @param epoch the epoch
   * @param rows the number of rows
   */
  record SinkWritten(long epoch, long rows) implements QueryInput {}

  /** The outcome of a call of the writer of a range, other than a commit. */
  sealed interface OfRange extends QueryInput {}

  /**
   * The writer of a range of shards has written the rows of an epoch.
   *
   * @param range the range
   * @param epoch the epoch
   * @param rows the number of rows
   */
  record RangeWritten(int range, long epoch, long rows) implements OfRange {}

  /**
   * The writer of a range of shards has committed an epoch.
   *
   * @param range the range
   * @param epoch the epoch
   */
  record RangeCommitted(int range, long epoch) implements QueryInput {}

  /**
   * The writer of a range of shards can't write or commit an epoch, whichever it was asked for, as
   * it does not have the rows: a writer where the shards run loses them if a shard moves.
   *
   * @param range the range
   * @param epoch the epoch
   */
  record RangeLacks(int range, long epoch) implements OfRange {}

  /**
   * The writer of a range of shards could not write or commit an epoch, whichever it was asked for.
   *
   * @param range the range
   * @param epoch the epoch
   * @param problem why
   */
  record RangeFailed(int range, long epoch, Problem problem) implements OfRange {}

  /**
   * The sinks could not write an epoch; some of them may have.
   *
   * @param epoch the epoch
   * @param problem why
   */
  record WriteFailed(long epoch, Problem problem) implements QueryInput {}

  /**
   * A shard has replied.
   *
   * @param reply the reply
   * @param problem the exception behind a failure; {@link Problem#NONE} if there is none
   */
  record ShardReplied(ShardReply reply, Problem problem) implements QueryInput {}

  /**
   * A shard has stopped by itself.
   *
   * @param shard the shard
   * @param problem why
   * @param mayPass whether it is worthwhile to start it again
   */
  record ShardLost(int shard, Problem problem, boolean mayPass) implements QueryInput {}

  /**
   * A shard was started again, as {@link QueryEffects#restartShard} asked.
   *
   * @param shard the shard
   */
  record ShardRestarted(int shard) implements QueryInput {}

  /** Something may have come: input, a due timer, the trigger's moment. */
  record Woken() implements QueryInput {}

  /**
   * Users have made requests.
   *
   * @param requests the requests, in order
   */
  record Requested(List<QueryRequest> requests) implements QueryInput {
    /** Copies the requests. */
    public Requested {
      requests = List.copyOf(requests);
    }
  }

  /**
   * Something that was asked for has failed, and the query with it.
   *
   * @param doing what failed
   * @param problem why
   */
  record Failed(String doing, Problem problem) implements QueryInput {}

  /** The query is to end. */
  record Stop() implements QueryInput {}
}
