package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.api.sink.RowId;
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
  private final String query;
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
   * @param entryLimit the maximum number of changes to show of a variable that loses many entries
   */
  HistoryWalk(QueryAccess query, int shard, GroupKey key, int entryLimit, int limit) {
    this.query = query.name();
    this.key = key;
    this.shard = shard;
    this.forms = query.forms(shard, entryLimit);
    this.epochs = query.scan().epochs();
    this.limit = limit;
    this.rebuild = new ShardRebuild(forms.operator().timeout(), query.beginsWith());
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
      add(effect, changes.all(), rows, rowIds(whole), orNull(events), orNull(waiting));
    }
    return true;
  }

  /** Returns the identities of the group's rows, which count all rows of the shard. */
  private List<RowId> rowIds(RecordedEpoch whole) {
    List<RowId> ids = new ArrayList<>();
    long index = 0;
    for (GroupChange change : whole.groups()) {
      if (change.key().equals(key)) {
        for (int row = 0; row < change.rows().size(); row++) {
          ids.add(new RowId(query, whole.epoch(), shard, index + row));
        }
      }
      index += change.rows().size();
    }
    return ids;
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
      add(GroupEpoch.Effect.DROPPED, changes.all(), List.of(), List.of(), null, null);
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
        add(GroupEpoch.Effect.SNAPSHOT, contents.all(), List.of(), List.of(), null, null);
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

  /** Returns whether all groups are known so far. */
  boolean isKnown() {
    return rebuild.isKnown();
  }

  /** Returns the group's entry so far; later epochs may change it. */
  GroupEntry groupEntry() {
    return rebuild.ledger().entry(key);
  }

  /** Returns the group so far. */
  GroupView view() {
    return forms.view(key, groupEntry(), rebuild.ledger().parked().get(key));
  }

  private @Nullable List<JsonNode> orNull(List<StoredValue> values) {
    return values.isEmpty() ? null : forms.values().ofValues(values);
  }

  private void add(
      GroupEpoch.Effect effect,
      List<EntryChange> changes,
      List<StoredValue> rows,
      List<RowId> rowIds,
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
            forms.values().ofValues(rows),
            rowIds,
            inputs,
            parked));
    count++;
    if (found.size() > limit) {
      found.removeFirst();
    }
  }
}
