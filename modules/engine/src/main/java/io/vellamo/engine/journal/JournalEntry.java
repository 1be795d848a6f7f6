package io.vellamo.engine.journal;

/**
 * A record with its place in a journal, as it is written: a recovery compares the place with that
 * which the journal gives it, and refuses the records of a writer that has been replaced.
 *
 * @param sequenceNr the place, from 1
 * @param writer the number of the run or activation that wrote it: the incarnation in the journals
 *     of a query and its inboxes, the owner in a shard's
 * @param record the record
 * @param <R> the kind of record
 */
public record JournalEntry<R extends JournalRecord>(long sequenceNr, long writer, R record) {}
