package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.journal.JournalRecord.ParksSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotCycle;
import io.vellamo.engine.shard.SnapshotPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of a shard's snapshots: when one begins, and which parts of it are written next.
 * Parts are written between epochs, about as many bytes as each epoch wrote, so that no epoch waits
 * for a whole snapshot.
 */
final class ShardSnapshots {
  private final JournalLimits limits;
  private final double firstShare;

  // From the beginning of a snapshot until its last part.
  private @Nullable SnapshotCycle cycle;
  private long beginsAfter;
  private long bytesAtOnce;
  private boolean isAsked;

  // The record after which the last complete snapshot begins; 0 if there is none.
  private long lastMark;

  ShardSnapshots(ShardSpec spec) {
    this.limits = spec.limits();
    this.firstShare = 0.5 + 0.5 * (spec.index() + 1) / spec.count();
  }

  /** Notes a record that a recovery reads. */
  void recovered(ShardRecord record) {
    if (record instanceof SnapshotMark mark) {
      lastMark = mark.sequenceNr();
    }
  }

  /**
   * Notes that an epoch was written; a snapshot may begin.
   *
   * @param before the last record before the epoch
   * @param size the size of the epoch's effects
   */
  void epochWritten(ShardLedger ledger, long before, long size) {
    bytesAtOnce = Math.min(limits.maxWriteBytes(), Math.max(limits.maxRecordBytes(), size));
    if (cycle == null && ledger.isSnapshotDue(limits.leastSnapshotBytes(), firstShare)) {
      // Recovery reads the epoch from the journal, as its rows may be requested again.
      beginsAfter = before;
      cycle = SnapshotCycle.begin(ledger);
    }
  }

  /** Asks for the turn of the next parts, if a snapshot has begun, unless it is asked for. */
  void proceed(ShardEffects effects) {
    if (cycle != null && !isAsked) {
      isAsked = true;
      effects.continueSnapshot();
    }
  }

  /** Notes the turn of the next parts; returns whether it was asked for. */
  boolean isDue() {
    boolean wasAsked = isAsked;
    isAsked = false;
    return wasAsked;
  }

  /** Returns the records to be written next. */
  List<ShardRecord> next(ShardLedger ledger) {
    SnapshotCycle running = running();
    List<ShardRecord> records = new ArrayList<>();
    long bytes = 0;
    do {
      bytes += addNext(running, ledger, records);
    } while (records.isEmpty()
        || (bytes + limits.maxRecordBytes() <= bytesAtOnce && !running.isDone()));
    if (running.isDone()) {
      // So that the journal alone shows where a recovery may begin.
      records.add(new SnapshotMark(beginsAfter));
    }
    return records;
  }

  private long addNext(SnapshotCycle running, ShardLedger ledger, List<ShardRecord> records) {
    if (running.parks().isDone()) {
      SnapshotPart part = running.next(ledger, limits.maxRecordBytes());
      records.add(new ShardSnapshotPart(ledger.owner(), part));
      return part.size();
    }
    List<ParkChange> parks = running.parks().next(ledger, limits.maxRecordBytes());
    if (!parks.isEmpty()) {
      records.add(new ParksSnapshotPart(parks));
    }
    return parks.stream().mapToLong(ParkChange::size).sum();
  }

  /** Notes that the records are written; the snapshot is marked with the last of them. */
  void written(ShardEffects effects) {
    if (running().isDone()) {
      cycle = null;
      effects.markSnapshot(beginsAfter, lastMark);
      lastMark = beginsAfter;
    }
  }

  private SnapshotCycle running() {
    return Objects.requireNonNull(cycle, "cycle");
  }
}
