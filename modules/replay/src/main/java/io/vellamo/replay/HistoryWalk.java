package io.vellamo.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupInputs;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.persistence.codec.JsonForms;
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
  private final String operator;
  private final JsonForms forms;
  private final EpochTable epochs;
  private final int limit;
  private final Deque<GroupEpoch> found = new ArrayDeque<>();
  private GroupEntry entry = GroupEntry.EMPTY;
  private boolean known = true;
  private boolean begun;
  private long knownFrom;
  private long lastEpoch;
  private long count;

  /** Creates a walk that keeps the last epochs, {@code limit} at most. */
  HistoryWalk(
      GroupKey key, int shard, String operator, JsonForms forms, EpochTable epochs, int limit) {
    this.key = key;
    this.shard = shard;
    this.operator = operator;
    this.forms = forms;
    this.epochs = epochs;
    this.limit = limit;
  }

  @Override
  public void entry(JournalEntry<ShardRecord> entry) {
    known &= begun || entry.sequenceNr() == 1;
    begun = true;
  }

  @Override
  public boolean epoch(RecordedEpoch epoch) {
    lastEpoch = epoch.epoch();
    GroupEpoch.Effect effect = GroupEpoch.Effect.NONE;
    boolean changed = false;
    List<StoredValue> rows = new ArrayList<>();
    for (GroupChange change : epoch.groups()) {
      if (change.key().equals(key)) {
        changed = true;
        rows.addAll(change.rows());
        entry = change.applyTo(entry);
        effect = GroupEpoch.Effect.valueOf(change.effect().name());
      }
    }
    List<StoredValue> waiting = new ArrayList<>();
    for (ParkChange change : epoch.parks()) {
      if (change.key().equals(key)) {
        changed = true;
        if (change instanceof ParkChange.Waiting more) {
          more.events().forEach(event -> waiting.add(event.event()));
        }
      }
    }
    List<StoredValue> events = new ArrayList<>();
    for (GroupInputs inputs : epoch.inputs()) {
      if (inputs.key().equals(key)) {
        events.addAll(inputs.events());
      }
    }
    if (changed || !events.isEmpty()) {
      add(effect, forms.ofValues(rows), orNull(events), orNull(waiting));
    }
    return true;
  }

  @Override
  public boolean part(SnapshotPart part) {
    if (known) {
      return true;
    }
    for (SnapshotPart.Group group : part.groups()) {
      if (group.key().equals(key)) {
        entry = group.entry();
        add(GroupEpoch.Effect.SNAPSHOT, List.of(), null, null);
      }
    }
    if (part.last()) {
      known = true;
      knownFrom = lastEpoch;
    }
    return true;
  }

  GroupHistory history() {
    return new GroupHistory(
        forms.ofKey(key), shard, operator, knownFrom, count, new ArrayList<>(found));
  }

  private @Nullable List<JsonNode> orNull(List<StoredValue> values) {
    return values.isEmpty() ? null : forms.ofValues(values);
  }

  private void add(
      GroupEpoch.Effect effect,
      List<JsonNode> rows,
      @Nullable List<JsonNode> inputs,
      @Nullable List<JsonNode> parked) {
    EpochTimes times = epochs.times(lastEpoch);
    found.add(
        new GroupEpoch(
            lastEpoch,
            times == null ? null : Instant.ofEpochMilli(times.processingTimeMillis()),
            times == null || !times.watermark().isKnown() ? null : times.watermark().toInstant(),
            effect,
            forms.ofState(entry.state()),
            entry.timeoutMillis(),
            rows,
            inputs,
            parked));
    count++;
    if (found.size() > limit) {
      found.removeFirst();
    }
  }
}
