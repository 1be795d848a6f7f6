package io.vellamo.replay;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.replay.EntryOutcomes.Different;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A replay of a shard's recorded inputs through a changed function, compared epoch by epoch.
 *
 * <p>Both sides begin with the recorded groups before the first epoch; from then on, timeouts are
 * those of the replayed groups.
 *
 * <p><b>Cost</b> Holds the shard twice, and the keys of all its groups.
 */
final class ShardReplayer implements ShardScan.Visitor {
  /** The rows of a group in an epoch on both sides, and the entries that either has changed. */
  private static final class Touched {
    private final List<StoredValue> theirs = new ArrayList<>();
    private final List<StoredValue> ours = new ArrayList<>();
    private final TouchedEntries entries = new TouchedEntries();
  }

  private final int shard;
  private final long first;
  private final long last;
  private final EpochTable epochs;
  private final ChangedFunction function;
  private final Differences<KeyDifference> differences;
  private final RowMatcher rows;
  private final EntryOutcomes entries;
  private final ShardRebuild recorded;
  private final Set<GroupKey> groups = new HashSet<>();
  private final Set<GroupKey> different = new HashSet<>();
  // Null until the first epoch to run.
  private @Nullable ChangedShard begun;
  private long next;
  private long events;
  private long recordedRows;
  private long replayedRows;

  /**
   * Creates a replay.
   *
   * @param first the first epoch to run
   * @param last the last one
   */
  ShardReplayer(
      int shard,
      long first,
      long last,
      EpochTable epochs,
      ChangedFunction function,
      Differences<KeyDifference> differences,
      RowMatcher rows) {
    this.shard = shard;
    this.first = first;
    this.last = last;
    this.epochs = epochs;
    this.function = function;
    this.differences = differences;
    this.rows = rows;
    this.recorded = new ShardRebuild(function.forms().operator().timeout(), 0);
    this.entries = new EntryOutcomes(function.forms(), function::compares);
    this.next = first;
  }

  @Override
  public void entry(JournalEntry<ShardRecord> entry) {
    recorded.record(entry.sequenceNr());
  }

  @Override
  public boolean epoch(RecordedEpoch epoch) {
    if (epoch.epoch() > last) {
      return false;
    }
    if (epoch.epoch() < first) {
      recorded.apply(epoch);
      return true;
    }
    runUntil(epoch.epoch());
    requireInputs(epoch);
    run(epoch);
    return true;
  }

  @Override
  public void dropped(List<Integer> variables) {
    recorded.forget(variables);
  }

  @Override
  public void parkedPart(List<ParkChange> parks) {
    recorded.restore(parks);
  }

  @Override
  public void requested(GroupKey key, ParkRequest request) {
    recorded.requested(key, request);
  }

  @Override
  public boolean part(SnapshotPart part) {
    recorded.restore(part);
    return true;
  }

  /** Runs the epochs after the last recorded one. */
  ShardReplayer end() {
    runUntil(last + 1);
    rows.end();
    return this;
  }

  /** Returns the replayed shard, which begins with the recorded groups. */
  private ChangedShard replayed() {
    ChangedShard known = begun;
    if (known == null) {
      List<SnapshotPart.Group> kept = new ArrayList<>();
      recorded
          .ledger()
          .groups()
          .forEach((key, entry) -> kept.add(SnapshotPart.Group.whole(key, entry)));
      known = new ChangedShard(function, shard, kept);
      begun = known;
      groups.addAll(recorded.ledger().groups().keySet());
    }
    return known;
  }

  /**
   * Runs epochs in which the recorded shard did nothing; the replayed shard may have timeouts in
   * them.
   */
  private void runUntil(long epoch) {
    ChangedShard replayed = replayed();
    for (; next < epoch; next++) {
      EpochTimes times = times(next);
      if (!replayed.ledger().due(times).isEmpty()) {
        compare(times, List.of(), replayed.run(times, List.of()));
      }
    }
  }

  private void run(RecordedEpoch epoch) {
    EpochTimes times = times(epoch.epoch());
    for (GroupInputs inputs : epoch.inputs()) {
      groups.add(inputs.key());
      events += inputs.events().size();
    }
    ChangedShard replayed = replayed();
    recorded.apply(epoch);
    compare(times, epoch.groups(), replayed.run(times, epoch.inputs()));
    next = epoch.epoch() + 1;
  }

  private void compare(EpochTimes times, List<GroupChange> recordedChanges, ChangedShard.Ran ran) {
    Map<GroupKey, Touched> all = new LinkedHashMap<>();
    for (GroupChange change : recordedChanges) {
      Touched group = touched(all, change.key());
      group.theirs.addAll(change.rows());
      group.entries.add(change);
      recordedRows += change.rows().size();
    }
    for (GroupChange change : ran.changes()) {
      Touched group = touched(all, change.key());
      group.ours.addAll(change.rows());
      group.entries.add(change);
      replayedRows += change.rows().size();
    }
    ran.failed().forEach(key -> touched(all, key));
    groups.addAll(all.keySet());
    all.forEach((key, group) -> compare(times, key, group));
  }

  private static Touched touched(Map<GroupKey, Touched> all, GroupKey key) {
    return all.computeIfAbsent(key, first -> new Touched());
  }

  private void compare(EpochTimes times, GroupKey key, Touched group) {
    rows.take(key, times.epoch(), group.theirs, group.ours);
    if (different.contains(key)) {
      return;
    }
    ChangedShard replayed = replayed();
    GroupEntry theirEntry = recorded.ledger().entry(key);
    GroupEntry ourEntry = replayed.ledger().entry(key);
    String failure = replayed.failure(key);
    Different variables =
        failure == null
            ? entries.compare(group.entries, theirEntry.variables(), ourEntry.variables(), times)
            : Different.NONE;
    JsonForms values = function.forms().values();
    boolean same =
        failure == null
            && !variables.isAny()
            && Outcomes.sameEntries(values, theirEntry, ourEntry)
            && Outcomes.sameRows(values, group.theirs, group.ours);
    if (!same) {
      different.add(key);
      differences.add(
          new KeyDifference(
              values.ofKey(key),
              shard,
              times.epoch(),
              Instant.ofEpochMilli(times.processingTimeMillis()),
              outcome(group.theirs, theirEntry, variables.recorded(), null),
              outcome(group.ours, ourEntry, variables.replayed(), failure)));
    }
  }

  private GroupOutcome outcome(
      List<StoredValue> rows,
      GroupEntry entry,
      List<VariableView> variables,
      @Nullable String failure) {
    return new GroupOutcome(
        function.forms().values().ofValues(rows),
        function.forms().values().ofState(entry.state()),
        entry.timeoutMillis(),
        variables,
        failure);
  }

  /** Checks that events are recorded for each group that changed without a timeout. */
  private void requireInputs(RecordedEpoch epoch) {
    Set<GroupKey> explained = new HashSet<>(recorded.ledger().due(times(epoch.epoch())));
    epoch.inputs().forEach(inputs -> explained.add(inputs.key()));
    // A parked group is called with events of earlier epochs, which were recorded there.
    epoch.parks().forEach(change -> explained.add(change.key()));
    for (GroupChange change : epoch.groups()) {
      if (!explained.contains(change.key())) {
        throw new IllegalStateException(
            "inputs of all epochs must be recorded to replay them, those of epoch [%d] are not; set vellamo.journal.record-inputs to on and vellamo.journal.history to all before the query runs, or begin with a later epoch"
                .formatted(epoch.epoch()));
      }
    }
  }

  private EpochTimes times(long epoch) {
    return Objects.requireNonNull(epochs.times(epoch), "times");
  }

  long events() {
    return events;
  }

  long recordedRows() {
    return recordedRows;
  }

  long replayedRows() {
    return replayedRows;
  }

  long differentGroups() {
    return different.size();
  }

  long otherRowGroups() {
    return rows.differentGroups();
  }

  long failedGroups() {
    return replayed().failures();
  }

  long sameGroups() {
    return (long) groups.size() - different.size();
  }
}
