package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ShardChange.Expired;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.EpochTimes;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A visitor of a shard's history that keeps the epochs of one group. */
final class HistoryWalk implements ShardScan.Visitor {
  private final GroupKey key;
  private final int shard;
  private final GroupForms forms;
  private final EpochTable epochs;
  private final int limit;
  private final Deque<GroupEpoch> found = new ArrayDeque<>();
  // The shard with only this group.
  private final ShardRebuild rebuild;
  private long lastEpoch;
  private long count;

  /**
   * Creates a walk that keeps the last epochs, {@code limit} at most.
   *
   * @param beginsWith the epoch with whose result the journal begins; 0 if it begins without groups
   */
  HistoryWalk(
      GroupKey key, int shard, GroupForms forms, long beginsWith, EpochTable epochs, int limit) {
    this.key = key;
    this.shard = shard;
    this.forms = forms;
    this.epochs = epochs;
    this.limit = limit;
    this.rebuild = new ShardRebuild(forms.operator().timeout(), beginsWith);
  }

  @Override
  public void entry(JournalEntry<ShardRecord> entry) {
    rebuild.record(entry.sequenceNr());
  }

  @Override
  public boolean epoch(RecordedEpoch whole) {
    lastEpoch = whole.epoch();
    RecordedEpoch epoch = whole.ofGroup(key);
    EpochChanges changes =
        new EpochChanges(forms, epochs.times(lastEpoch), rebuild.ledger().entry(key));
    GroupEpoch.Effect effect = GroupEpoch.Effect.NONE;
    List<StoredValue> rows = new ArrayList<>();
    for (GroupChange change : epoch.groups()) {
      rows.addAll(change.rows());
      changes.add(change);
      if (change.effect() != GroupChange.Effect.NONE) {
        effect = GroupEpoch.Effect.valueOf(change.effect().name());
      }
    }
    rebuild.apply(epoch.withoutExpiry());
    Expired expired = epoch.change().expired();
    if (expired != null) {
      addExpired(changes, expired);
      rebuild.apply(epoch.onlyExpiry());
    }
    if (effect == GroupEpoch.Effect.NONE && !changes.all().isEmpty()) {
      effect = GroupEpoch.Effect.VARIABLES;
    }
    if (rebuild.isBeginning(lastEpoch)) {
      effect = GroupEpoch.Effect.SNAPSHOT;
    }
    List<StoredValue> waiting = waiting(epoch);
    List<StoredValue> events = new ArrayList<>();
    epoch.inputs().forEach(inputs -> events.addAll(inputs.events()));
    if (!epoch.isEmpty() || !changes.all().isEmpty()) {
      add(effect, changes.all(), forms.values().ofValues(rows), orNull(events), orNull(waiting));
    }
    return true;
  }

  /** Adds expired entries; those of a parked group stay. */
  private void addExpired(EpochChanges changes, Expired expired) {
    if (rebuild.ledger().parked().get(key) == null) {
      changes.addExpired(rebuild.ledger().entry(key).variables(), expired);
    }
  }

  private static List<StoredValue> waiting(RecordedEpoch epoch) {
    List<StoredValue> waiting = new ArrayList<>();
    for (ParkChange change : epoch.parks()) {
      if (change instanceof ParkChange.Waiting more) {
        more.events().forEach(event -> waiting.add(event.event()));
      }
    }
    return waiting;
  }

  @Override
  public void dropped(List<Integer> variables) {
    EpochChanges changes =
        new EpochChanges(forms, epochs.times(lastEpoch), rebuild.ledger().entry(key));
    changes.addDropped(variables);
    rebuild.forget(variables);
    if (!changes.all().isEmpty()) {
      add(GroupEpoch.Effect.DROPPED, changes.all(), List.of(), null, null);
    }
  }

  @Override
  public void parkedPart(List<ParkChange> parks) {
    rebuild.restore(parks.stream().filter(change -> change.key().equals(key)).toList());
  }

  @Override
  public boolean part(SnapshotPart part) {
    boolean known = rebuild.isKnown();
    List<SnapshotPart.Group> pieces =
        part.groups().stream().filter(group -> group.key().equals(key)).toList();
    rebuild.restore(new SnapshotPart(pieces, part.last()));
    if (!known) {
      for (SnapshotPart.Group piece : pieces) {
        EpochChanges contents = new EpochChanges(forms, epochs.times(lastEpoch), GroupEntry.EMPTY);
        contents.add(piece.contents());
        add(GroupEpoch.Effect.SNAPSHOT, contents.all(), List.of(), null, null);
      }
    }
    return true;
  }

  GroupHistory history() {
    return new GroupHistory(
        forms.values().ofKey(key),
        shard,
        forms.operator().name(),
        rebuild.isKnown() ? rebuild.knownFrom() : 0,
        count,
        new ArrayList<>(found));
  }

  private @Nullable List<JsonNode> orNull(List<StoredValue> values) {
    return values.isEmpty() ? null : forms.values().ofValues(values);
  }

  private void add(
      GroupEpoch.Effect effect,
      List<EntryChange> changes,
      List<JsonNode> rows,
      @Nullable List<JsonNode> inputs,
      @Nullable List<JsonNode> parked) {
    EpochTimes times = epochs.times(lastEpoch);
    GroupEntry entry = rebuild.ledger().entry(key);
    found.add(
        new GroupEpoch(
            lastEpoch,
            times == null ? null : Instant.ofEpochMilli(times.processingTimeMillis()),
            times == null || !times.watermark().isKnown() ? null : times.watermark().toInstant(),
            effect,
            forms.values().ofState(entry.state()),
            entry.timeoutMillis(),
            changes,
            rows,
            inputs,
            parked));
    count++;
    if (found.size() > limit) {
      found.removeFirst();
    }
  }
}
