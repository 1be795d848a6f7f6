package io.vellamo.replay;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.Pieces;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.journal.JournalRecord.ParksChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.shard.ParkChange;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardParks;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a shard to which groups of other shards are moved. They are those of a single
 * epoch without rows, the last committed one, which creates all groups: each reader of journals
 * understands them, and the shard has no group before the last record.
 *
 * <p><b>Order</b> {@link #begin}, {@link #add} for the groups of each old shard, {@link #end}.
 */
final class NewShard {
  private final JournalLimits limits;
  private final long incarnation;
  private final long epoch;
  private int part;

  /**
   * Creates the shard.
   *
   * @param incarnation the number of starts of the query, including this change
   * @param epoch the last committed epoch
   */
  NewShard(JournalLimits limits, long incarnation, long epoch) {
    this.limits = limits;
    this.incarnation = incarnation;
    this.epoch = epoch;
  }

  /** Returns the first record. */
  ShardRecord begin() {
    return new ShardOwned(1, incarnation);
  }

  /** Returns the next records, in atomic writes. */
  List<List<ShardRecord>> add(List<GroupChange> groups, List<ParkChange> parks) {
    List<ShardRecord> records = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    if (!groups.isEmpty()) {
      ShardChange all = new ShardChange(incarnation, epoch, groups);
      for (ShardChange some : all.split(limits.maxRecordBytes())) {
        records.add(new ShardChangedPart(part++, some));
        sizes.add(some.size());
      }
    }
    if (!parks.isEmpty()) {
      ShardParks all = new ShardParks(incarnation, epoch, parks);
      for (ShardParks some : all.split(limits.maxRecordBytes())) {
        records.add(new ParksChanged(part++, some));
        sizes.add(some.size());
      }
    }
    return inWrites(records, sizes);
  }

  private List<List<ShardRecord>> inWrites(List<ShardRecord> records, List<Long> sizes) {
    List<List<ShardRecord>> writes = new ArrayList<>();
    int from = 0;
    for (List<Long> run : Pieces.of(sizes, Long::longValue, limits.maxWriteBytes())) {
      if (!run.isEmpty()) {
        writes.add(records.subList(from, from + run.size()));
      }
      from += run.size();
    }
    return writes;
  }

  /** Returns the last record. */
  ShardRecord end() {
    return new ShardChanged(part, new ShardChange(incarnation, epoch, List.of()));
  }
}
