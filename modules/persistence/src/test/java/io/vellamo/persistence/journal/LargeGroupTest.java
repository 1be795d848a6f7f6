package io.vellamo.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.journal.ShardRecovery;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotCycle;
import io.vellamo.engine.variable.EntryKey;
import io.vellamo.engine.variable.PendingSlot;
import io.vellamo.engine.variable.PendingVariables;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotType;
import io.vellamo.engine.variable.SlotType.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A group with a map of many entries: what the journal gets for one of them, and for all. */
final class LargeGroupTest {
  private static final GroupKey GROUP = GroupKey.of(new byte[] {1});
  private static final SlotType MAP = new SlotType(Kind.MAP, null);
  private static final int MOST_BYTES = 100_000;

  private final JournalSerializer serializer = new JournalSerializer();
  private final ShardLedger ledger = new ShardLedger(GroupStateTimeout.NONE);

  @Test
  void onePutIntoManyEntries_isASmallRecord() {
    fill(100_000);

    byte[] written = written(new ShardChanged(put(2, 50_000, 50_001)));

    assertThat(written.length).isLessThan(100);
  }

  @Test
  void snapshotOfManyEntries_isInSmallPieces_andRestoresThemAll() {
    fill(100_000);
    ShardLedger restored = new ShardLedger(GroupStateTimeout.NONE);

    List<byte[]> parts = snapshot();
    parts.forEach(part -> ShardRecovery.apply(record(part, "shard-snapshot-part-1"), restored));
    restored.recovered();

    assertThat(parts.stream().map(part -> part.length))
        .hasSizeGreaterThan(10)
        .allMatch(size -> size < MOST_BYTES + 1_000);
    assertThat(restored.entry(GROUP)).isEqualTo(ledger.entry(GROUP));
    assertThat(ShardDigest.of(restored).high()).isEqualTo(ShardDigest.of(ledger).high());
  }

  private List<byte[]> snapshot() {
    List<byte[]> parts = new ArrayList<>();
    SnapshotCycle cycle = SnapshotCycle.begin(ledger);
    while (!cycle.isDone()) {
      parts.add(written(new ShardSnapshotPart(1, cycle.next(ledger, MOST_BYTES))));
    }
    return parts;
  }

  private void fill(int entries) {
    ledger.apply(put(1, 0, entries));
  }

  /** Returns the change of an epoch that puts entries of 60 bytes. */
  private ShardChange put(long epoch, int from, int until) {
    PendingVariables pending = new PendingVariables(ledger.entry(GROUP).variables());
    PendingSlot slot = pending.change(0, MAP);
    for (int i = from; i < until; i++) {
      EntryKey key = EntryKey.of("order-%09d".formatted(i).getBytes(StandardCharsets.UTF_8));
      slot.put(new SlotEntry(key, slot.nextNumber(), new byte[45], SlotEntry.NEVER));
    }
    return new ShardChange(1, epoch, List.of(GroupChange.of(GROUP, pending.changes(), List.of())));
  }

  private byte[] written(ShardRecord record) {
    return serializer.toBinary(new JournalEntry<>(1, 1, record));
  }

  private ShardRecord record(byte[] bytes, String manifest) {
    return (ShardRecord) ((JournalEntry<?>) serializer.fromBinary(bytes, manifest)).record();
  }
}
