package io.vellamo.engine.journal;

/**
 * The limits and options of what a shard writes to its journal.
 *
 * @param leastSnapshotBytes the minimum growth of the journal before a snapshot
 * @param maxRecordBytes the maximum size of a record
 * @param maxWriteBytes the maximum size of the records of one atomic write
 * @param recordsInputs whether the events of each epoch are recorded
 */
public record JournalLimits(
    long leastSnapshotBytes, long maxRecordBytes, long maxWriteBytes, boolean recordsInputs) {}
