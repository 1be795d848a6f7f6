package io.vellamo.replay;

import io.vellamo.api.sink.RowId;
import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import org.jspecify.annotations.Nullable;

/** A visitor of a shard's history that finds a row of an epoch, and the group that emitted it. */
final class RowSearch implements ShardScan.Visitor {
  /**
   * A row that was found.
   *
   * @param key the group that emitted it
   * @param row the row
   * @param shardRows the number of rows of the shard in the epoch
   */
  record Found(GroupKey key, StoredValue row, long shardRows) {}

  private final RowId id;
  private final int shard;
  private boolean begun;
  private boolean whole = true;
  // 0 if there is none.
  private long firstEpoch;
  private long rows;
  private @Nullable GroupKey key;
  private @Nullable StoredValue row;

  RowSearch(RowId id, int shard) {
    this.id = id;
    this.shard = shard;
  }

  @Override
  public void entry(JournalEntry<ShardRecord> entry) {
    if (!begun) {
      whole = entry.sequenceNr() == 1;
      begun = true;
    }
  }

  @Override
  public boolean epoch(RecordedEpoch epoch) {
    if (firstEpoch == 0) {
      firstEpoch = epoch.epoch();
    }
    if (epoch.epoch() == id.epoch()) {
      epoch.groups().forEach(this::add);
    }
    return epoch.epoch() < id.epoch();
  }

  private void add(GroupChange change) {
    long place = id.index() - rows;
    if (place >= 0 && place < change.rows().size()) {
      key = change.key();
      row = change.rows().get((int) place);
    }
    rows += change.rows().size();
  }

  /**
   * Returns the row.
   *
   * @throws IllegalArgumentException if the journal does not hold it
   */
  Found found() {
    if (key != null && row != null) {
      return new Found(key, row, rows);
    }
    if (!whole && (firstEpoch == 0 || id.epoch() < firstEpoch)) {
      throw new IllegalArgumentException(
          "the row's epoch must be one that the journal still holds, that of shard [%d] begins with epoch [%d], was [%d]; set vellamo.journal.history to all to keep earlier ones"
              .formatted(shard, firstEpoch, id.epoch()));
    }
    throw new IllegalArgumentException(
        "index must be less than the number of rows of shard [%d] in epoch [%d], which is [%d], was [%d]; if a flatMap makes several rows of one before the sink, or the output mode is COMPLETE, see the history of the group instead"
            .formatted(shard, id.epoch(), rows, id.index()));
  }
}
