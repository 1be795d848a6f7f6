package io.vellamo.replay;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.engine.variable.VariablesView;
import io.vellamo.persistence.codec.JsonForms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A visitor of a shard's history that follows a group up to an epoch, and then goes on until it
 * knows whether the run of that epoch recorded inputs.
 */
final class OriginWalk implements ShardScan.Visitor {
  private final long epoch;
  private final HistoryWalk history;
  private boolean arrived;
  // Before the epoch, if the group is known then.
  private @Nullable GroupView before;
  private boolean aggregatedBefore;
  private @Nullable GroupView after;
  // The run of the epoch, and the last one so far that recorded inputs; 0 if there is none.
  private long run;
  private long recordingRun;

  OriginWalk(long epoch, HistoryWalk history) {
    this.epoch = epoch;
    this.history = history;
  }

  @Override
  public void entry(JournalEntry<ShardRecord> entry) {
    if (!arrived) {
      history.entry(entry);
    }
  }

  @Override
  public boolean epoch(RecordedEpoch whole) {
    long incarnation = whole.change().incarnation();
    if (!whole.inputs().isEmpty()) {
      recordingRun = incarnation;
    }
    if (whole.epoch() == epoch) {
      arrive(whole);
      run = incarnation;
    } else if (!arrived) {
      history.epoch(whole);
    }
    return !arrived || (run == incarnation && recordingRun != run);
  }

  private void arrive(RecordedEpoch whole) {
    if (history.isKnown()) {
      before = history.view();
      aggregatedBefore = isAggregation(history.groupEntry());
    }
    history.epoch(whole);
    after = history.isKnown() ? history.view() : null;
    arrived = true;
  }

  private static boolean isAggregation(GroupEntry entry) {
    if (JsonForms.isAggregation(entry.state())) {
      return true;
    }
    VariablesView variables = entry.variables();
    for (int number = 0; number < variables.end(); number++) {
      SlotView slot = variables.slot(number);
      if (slot != null
          && slot.type().kind() == SlotType.Kind.MAP
          && slot.entries().hasNext()
          && JsonForms.isAggregation(slot.entries().next().value())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void dropped(List<Integer> variables) {
    if (!arrived) {
      history.dropped(variables);
    }
  }

  @Override
  public void parkedPart(List<ParkChange> parks) {
    if (!arrived) {
      history.parkedPart(parks);
    }
  }

  @Override
  public boolean part(SnapshotPart part) {
    return arrived || history.part(part);
  }

  GroupHistory history() {
    return history.history();
  }

  /** Returns whether the group had the buffers of an aggregation before the epoch. */
  boolean isAggregation() {
    return aggregatedBefore;
  }

  @Nullable GroupView before() {
    return before;
  }

  @Nullable GroupView after() {
    return after;
  }

  /** Returns whether the run of the epoch recorded inputs of this shard. */
  boolean isRecording() {
    return run != 0 && recordingRun == run;
  }
}
