package io.vellamo.actors.shard;

import io.vellamo.engine.shard.EpochEffects;
import io.vellamo.persistence.journal.JournalRecord.ShardRecord;
import java.util.Iterator;
import java.util.List;

/**
 * What an epoch leaves in the journal, on its way there write by write.
 *
 * @param epoch the epoch
 * @param effects what it leaves
 * @param before the journal's last sequence number before the first write
 * @param writes the writes to come
 */
record EpochWrite(
    ShardEpoch epoch, EpochEffects effects, long before, Iterator<List<ShardRecord>> writes) {}
