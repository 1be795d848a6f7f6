package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.epoch.EpochInterval;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.OperatorNumbers;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.time.Millis;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link QueryMachine} has to know of its query.
 *
 * @param name the query's name
 * @param newId the query's identity, if it has never been started before
 * @param runId the identity of this run
 * @param compiled its stages and operators
 * @param trigger its trigger
 * @param policy how its watermarks are combined, if it has never been started before
 * @param shards the number of shards of each operator
 * @param stateShape the shape of its states; empty if it has none
 * @param layouts the layouts in which it writes states and keys
 * @param sources the descriptions of its sources
 * @param sink the description of its sink
 * @param watermarkNames a description of what each watermark follows, by number
 * @param pollMillis the interval at which sources that do not signal are asked; null if all signal
 * @param sinkRanges the number of ranges of shards with a writer each at the sink, if they have
 *     never been divided before; 0 if the sink has one writer
 * @param size the maximum number of events of an epoch
 * @param interval the shortest time between the starts of two epochs
 * @param restarts when shards are started again
 * @param retry when failed calls of sources and sinks are made again
 * @param hotKeys which groups with large shares of events and time are reported
 */
public record QuerySetup(
    String name,
    UUID newId,
    UUID runId,
    CompiledQuery compiled,
    Trigger trigger,
    WatermarkPolicy policy,
    int shards,
    String stateShape,
    List<String> layouts,
    List<String> sources,
    String sink,
    List<String> watermarkNames,
    @Nullable Long pollMillis,
    int sinkRanges,
    EpochSize size,
    EpochInterval interval,
    ShardRestarts restarts,
    RetryPolicy retry,
    HotKeyOptions hotKeys) {
  /**
   * Returns what the machine of a run has to know.
   *
   * @param newId the query's identity, if it has never been started before
   * @param runId the identity of this run
   * @param shards the number of shards of each operator
   * @param sinkRanges the most ranges of shards with a writer each, of a sink that may have several
   * @param size the maximum number of events of an epoch
   * @param interval the shortest time between the starts of two epochs
   * @param restarts when shards are started again
   * @param hotKeys which groups with large shares of events and time are reported
   */
  public static QuerySetup of(
      PreparedQuery query,
      UUID newId,
      UUID runId,
      int shards,
      int sinkRanges,
      EpochSize size,
      EpochInterval interval,
      ShardRestarts restarts,
      HotKeyOptions hotKeys) {
    return new QuerySetup(
        query.name(),
        newId,
        runId,
        query.compiled(),
        query.plan().trigger(),
        query.plan().watermarkPolicy(),
        shards,
        query.stateShape(),
        query.layouts(),
        query.names().sources(),
        query.names().sink(),
        query.watermarkNames(),
        query.names().pollInterval().map(Millis::of).orElse(null),
        query.writesInRanges() ? Math.min(sinkRanges, shards) : 0,
        size,
        interval,
        restarts,
        query.retry(),
        hotKeys);
  }

  /** Copies the lists. */
  public QuerySetup {
    layouts = List.copyOf(layouts);
    sources = List.copyOf(sources);
    watermarkNames = List.copyOf(watermarkNames);
  }

  /** Returns the description of the sources. */
  String source() {
    return String.join(" and ", sources);
  }

  /** Returns the number of operators. */
  int operators() {
    return compiled.operators().size();
  }

  CompiledOperator operator(int index) {
    return compiled.operators().get(index);
  }

  String operatorName(int index) {
    return operator(index).operator().name();
  }

  /** Returns whether an operator emits the whole result in every epoch. */
  boolean emitsWholeResult(int index) {
    return operator(index).calls().emitsWholeResult();
  }

  /** Returns the operator of a shard, to be appended to a message; empty if there is only one. */
  String operatorText(int shard) {
    return operators() == 1 ? "" : ", operator [%s]".formatted(operatorName(shard / shards));
  }

  /** Returns why a shard has failed, with the place of the event in the source if it is known. */
  String failureText(ShardReply.Failed reply, @Nullable EpochPlan plan) {
    ShardFailure failure = reply.failure();
    ShardFailure.EventPosition position = failure.position();
    String where = position == null || plan == null ? "" : position.describe(plan.ranges());
    return failure.message() + operatorText(reply.shard()) + where + failure.details();
  }

  /** Returns whether groups have a state before the first epoch. */
  boolean hasInitialState() {
    return compiled.operators().stream()
        .anyMatch(operator -> operator.operator().initialState().isPresent());
  }

  /** Returns the operators, matched with those in the journal. */
  OperatorNumbers operatorNumbers(List<CreatedOperator> known) {
    return new OperatorNumbers(compiled.operators(), known);
  }
}
