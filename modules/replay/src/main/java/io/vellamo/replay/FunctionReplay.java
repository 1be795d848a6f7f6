package io.vellamo.replay;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.VariableNumbers;
import io.vellamo.engine.variable.CreatedVariable;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/** A replay of all shards of a query through a changed function, one after the other. */
final class FunctionReplay {
  private final JournalReader reader;
  private final QueryAccess query;
  private final ChangedFunction function;
  private final Differences<KeyDifference> differences;
  private final Differences<RowDifference> rowDifferences;
  private long events;
  private long recordedRows;
  private long replayedRows;
  private long same;
  private long different;
  private long otherRows;
  private long failed;

  /**
   * Creates a replay.
   *
   * @throws IllegalArgumentException if the replacement does not fit the query
   */
  FunctionReplay(
      ActorSystem<?> system,
      JournalReader reader,
      QueryAccess query,
      Replacement<?, ?, ?, ?> replacement,
      int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be positive, was [%d]".formatted(limit));
    }
    query.requireShards();
    if (query.scan().created().operators().size() > 1) {
      throw new IllegalArgumentException(
          "query must have one stateful operator to replay a changed function, [%s] has %s"
              .formatted(query.name(), query.scan().overview().operators()));
    }
    CreatedOperator operator = query.scan().created().operatorOf(0);
    requireSameKind(operator, replacement);
    GroupStateTimeout timeout = operator.timeout();
    if (replacement.timeout() != timeout) {
      throw new IllegalArgumentException(
          "timeout of the replacement must be [%s], as that of the query, was [%s]"
              .formatted(timeout, replacement.timeout()));
    }
    boolean hasWatermark =
        query.scan().hasWatermark()
            || timeout == GroupStateTimeout.EVENT_TIME
            || replacement.declared().usesEventTime();
    this.reader = reader;
    this.query = query;
    this.function =
        ChangedFunction.of(
            query.name(),
            query.shards(),
            operator,
            replacement,
            hasWatermark,
            query.scan().layouts(),
            system.dynamicAccess().classLoader());
    this.differences = new Differences<>(limit, KeyDifference::epoch, KeyDifference::key);
    this.rowDifferences = new Differences<>(limit, RowDifference::epoch, RowDifference::key);
  }

  /** Checks that the replacement has the same kinds of state as the query. */
  private static void requireSameKind(CreatedOperator operator, Replacement<?, ?, ?, ?> changed) {
    if (operator.hasVariables() != changed.hasVariables()) {
      throw new IllegalArgumentException(
          "replacement must %s, as operator [%s] of the query, was [%s]; describe it with %s"
              .formatted(
                  operator.hasVariables() ? "be a processor" : "be a function with a single state",
                  operator.name(),
                  changed.hasVariables() ? "a processor" : "a function with a single state",
                  operator.hasVariables()
                      ? "Replacement.process"
                      : "Replacement.flatMapGroupsWithState or mapGroupsWithState, an aggregation with Replacement.ofQuery"));
    }
    VariableNumbers variables = VariableNumbers.of(changed.declared(), operator.variables());
    CreatedVariable other = variables.changed();
    if (other != null) {
      throw new IllegalArgumentException(
          "variable or timer [%s] of the replacement must be [%s], as in the journal, was [%s]; give it another name"
              .formatted(other.name(), other.type(), variables.declaredType(other.name())));
    }
  }

  /** Replays from an epoch on; 0 for the earliest that can be replayed. */
  CompletionStage<ReplayReport> run(long firstEpoch, ReplayProgress progress) {
    return reader
        .eachShard(query.shards(), (done, shards) -> {}, this::knownFrom)
        .thenCompose(
            known -> {
              long earliest =
                  Math.max(
                      1 + known.stream().mapToLong(Long::longValue).max().orElse(0),
                      query.scan().epochs().first());
              long first = firstEpoch == 0 ? earliest : firstEpoch;
              if (first < earliest) {
                throw new IllegalArgumentException(
                    "first epoch must be at least [%d], from which on the journal is complete, was [%d]"
                        .formatted(earliest, firstEpoch));
              }
              return run(first, query.scan().committed(), progress);
            });
  }

  private CompletionStage<ReplayReport> run(long first, long last, ReplayProgress progress) {
    return reader
        .eachShard(query.shards(), progress, shard -> replay(shard, first, last))
        .thenApply(done -> report(first, last));
  }

  private CompletionStage<Long> knownFrom(int shard) {
    KnownFrom known = new KnownFrom(query.beginsWith());
    return reader.shard(query.idOf(shard), known).thenApply(done -> known.epoch());
  }

  private CompletionStage<FunctionReplay> replay(int shard, long first, long last) {
    ShardReplayer replayer =
        new ShardReplayer(
            shard,
            first,
            last,
            query.scan().epochs(),
            function,
            differences,
            new RowMatcher(function.forms().values(), shard, rowDifferences));
    return reader.shard(query.idOf(shard), replayer).thenApply(done -> take(replayer.end()));
  }

  private FunctionReplay take(ShardReplayer shard) {
    events += shard.events();
    recordedRows += shard.recordedRows();
    replayedRows += shard.replayedRows();
    same += shard.sameGroups();
    different += shard.differentGroups();
    otherRows += shard.otherRowGroups();
    failed += shard.failedGroups();
    return this;
  }

  private ReplayReport report(long first, long last) {
    return new ReplayReport(
        query.name(),
        first,
        last,
        events,
        recordedRows,
        replayedRows,
        same,
        different,
        otherRows,
        failed,
        rowDifferences.inOrder(),
        differences.inOrder());
  }
}
