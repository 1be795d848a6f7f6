package io.vellamo.engine.epoch;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of a query that survives epochs and restarts.
 *
 * <p><b>Threading</b> Immutable.
 *
 * @param id the query's identity, the same in all runs
 * @param shards the number of shards of each operator
 * @param incarnation the number of times the query has been started
 * @param committedEpoch the last committed epoch; 0 if there is none
 * @param offsets the offsets at which the last committed epoch ended
 * @param watermark the watermark of the last committed epoch
 * @param nextWatermark the watermark of the next epoch
 * @param processingTimeMillis the processing time of the last planned epoch; processing time never
 *     decreases, even if the machine's clock is set back
 * @param total the fate of all events
 * @param planned the epoch that is planned but not committed, or null
 * @param shapes the shapes with which its states were read
 * @param inputs its watermarks, by number; empty before the first commit
 */
public record QueryLedger(
    UUID id,
    int shards,
    long incarnation,
    long committedEpoch,
    Offsets offsets,
    Watermark watermark,
    Watermark nextWatermark,
    long processingTimeMillis,
    EventCounts total,
    @Nullable EpochPlan planned,
    StateShapes shapes,
    List<InputWatermark> inputs) {

  /** Returns the ledger of a query that never ran. */
  public static QueryLedger created(UUID id, int shards) {
    return new QueryLedger(
        id,
        shards,
        0,
        0,
        Offsets.none(),
        Watermark.NONE,
        Watermark.NONE,
        Long.MIN_VALUE,
        EventCounts.NONE,
        null,
        StateShapes.NONE,
        List.of());
  }

  /** Returns the number of the last planned epoch; 0 if there is none. */
  public long lastPlannedEpoch() {
    return planned == null ? committedEpoch : planned.epoch();
  }

  /** Returns this ledger at the start of another run, which reads states with the given shape. */
  public QueryLedger resumed(long newIncarnation, String stateShape) {
    return new QueryLedger(
        id,
        shards,
        newIncarnation,
        committedEpoch,
        offsets,
        watermark,
        nextWatermark,
        processingTimeMillis,
        total,
        planned,
        shapes.resumed(stateShape),
        inputs);
  }

  /** Returns this ledger with another number of shards. */
  public QueryLedger resharded(int newShards) {
    return new QueryLedger(
        id,
        newShards,
        incarnation,
        committedEpoch,
        offsets,
        watermark,
        nextWatermark,
        processingTimeMillis,
        total,
        planned,
        shapes,
        inputs);
  }

  /** Returns this ledger with an epoch planned. */
  public QueryLedger planned(EpochPlan plan) {
    return new QueryLedger(
        id,
        shards,
        incarnation,
        committedEpoch,
        offsets,
        watermark,
        nextWatermark,
        plan.times().processingTimeMillis(),
        total,
        plan,
        shapes.epochReached(),
        inputs);
  }

  /**
   * Returns this ledger with the planned epoch committed.
   *
   * @throws IllegalStateException if another epoch is planned or none is
   */
  public QueryLedger committed(EpochCommit commit) {
    EpochPlan plan = planned;
    if (plan == null || plan.epoch() != commit.epoch()) {
      throw new IllegalStateException(
          "Epoch [%d] can't be committed, planned is [%s]"
              .formatted(commit.epoch(), plan == null ? "none" : plan.epoch()));
    }
    return new QueryLedger(
        id,
        shards,
        incarnation,
        commit.epoch(),
        offsets.advance(plan.ranges()),
        plan.times().watermark(),
        commit.nextWatermark(),
        processingTimeMillis,
        total.plus(commit.events()),
        null,
        shapes.epochReached(),
        inputsAfter(commit, plan));
  }

  private List<InputWatermark> inputsAfter(EpochCommit commit, EpochPlan plan) {
    if (commit.inputs().size() != inputs.size()) {
      return commit.inputs();
    }
    List<SourcePartition> forgotten =
        plan.ranges().stream().flatMap(range -> range.forgotten().stream()).toList();
    List<InputWatermark> after = new ArrayList<>(inputs.size());
    for (int i = 0; i < inputs.size(); i++) {
      after.add(inputs.get(i).then(commit.inputs().get(i), forgotten));
    }
    return List.copyOf(after);
  }
}
