package io.vellamo.actors.shard;

import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotCycle;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.persistence.journal.JournalOptions;
import io.vellamo.persistence.journal.JournalRecord.ParksSnapshotPart;
import io.vellamo.persistence.journal.JournalRecord.ShardRecord;
import io.vellamo.persistence.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.persistence.journal.JournalRecord.SnapshotMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a shard's snapshot begins, and what of it is written next. The parts go between the epochs,
 * about as many bytes of them as each epoch wrote, so that no epoch waits for a whole snapshot.
 */
final class ShardSnapshots {
  private final JournalOptions journal;
  private final double firstShare;

  // From begin until the last part.
  private @Nullable SnapshotCycle cycle;
  private long beginsAfter;
  private long bytesAtOnce;

  ShardSnapshots(ShardConfig config) {
    this.journal = config.journal();
    this.firstShare = 0.5 + 0.5 * (config.index() + 1) / config.count();
  }

  /** Takes note of an epoch that was written; returns whether there are parts to write. */
  boolean epochWritten(ShardLedger ledger, EpochWrite write) {
    bytesAtOnce =
        Math.min(
            journal.maxWriteBytes(), Math.max(journal.maxRecordBytes(), write.effects().size()));
    if (cycle != null) {
      return false; // They are on their way.
    }
    if (!ledger.isSnapshotDue(journal.leastSnapshotBytes(), firstShare)) {
      return false;
    }
    // The epoch is left to the journal: its rows may be asked for again.
    beginsAfter = write.before();
    cycle = SnapshotCycle.begin(ledger);
    return true;
  }

  /** Returns the records to be written next. */
  List<ShardRecord> next(ShardLedger ledger) {
    SnapshotCycle running = running();
    List<ShardRecord> records = new ArrayList<>();
    long bytes = 0;
    do {
      bytes += addNext(running, ledger, records);
    } while (records.isEmpty()
        || (bytes + journal.maxRecordBytes() <= bytesAtOnce && !running.isDone()));
    if (running.isDone()) {
      // So that the journal alone shows where a recovery may begin.
      records.add(new SnapshotMark(beginsAfter));
    }
    return records;
  }

  private long addNext(SnapshotCycle running, ShardLedger ledger, List<ShardRecord> records) {
    if (running.parks().isDone()) {
      SnapshotPart part = running.next(ledger, journal.maxRecordBytes());
      records.add(new ShardSnapshotPart(part));
      return part.size();
    }
    List<ParkChange> parks = running.parks().next(ledger, journal.maxRecordBytes());
    if (!parks.isEmpty()) {
      records.add(new ParksSnapshotPart(parks));
    }
    return parks.stream().mapToLong(ParkChange::size).sum();
  }

  /**
   * Takes note that the records are written; returns after which record a recovery may begin now,
   * or -1 if parts are missing.
   */
  long written() {
    if (!running().isDone()) {
      return -1;
    }
    cycle = null;
    return beginsAfter;
  }

  private SnapshotCycle running() {
    return Objects.requireNonNull(cycle, "cycle");
  }
}
