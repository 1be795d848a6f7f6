package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.ShardWrites;
import io.vellamo.engine.shard.EpochEffects;
import java.util.Iterator;
import java.util.List;

/**
 * The effects of an epoch while they are written, write by write.
 *
 * @param effects the effects
 * @param before the sequence number of the last record before them
 * @param writes the writes that have not begun
 */
record EpochWrite(EpochEffects effects, long before, Iterator<List<ShardRecord>> writes) {
  static EpochWrite of(EpochEffects effects, long before, JournalLimits limits) {
    return new EpochWrite(effects, before, ShardWrites.of(effects, limits).iterator());
  }
}
