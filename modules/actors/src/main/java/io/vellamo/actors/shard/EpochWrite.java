package io.vellamo.actors.shard;

import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.shard.EpochEffects;
import java.util.Iterator;
import java.util.List;

/**
 * The effects of an epoch while they are written to the journal, write by write.
 *
 * @param epoch the epoch
 * @param effects all its effects
 * @param before the journal's last sequence number before the first write
 * @param writes the remaining writes
 */
record EpochWrite(
    ShardEpoch epoch, EpochEffects effects, long before, Iterator<List<ShardRecord>> writes) {}
