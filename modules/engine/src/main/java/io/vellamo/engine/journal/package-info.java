/**
 * The records that a query and its shards write to the journal, and the recovery from them.
 *
 * <p>Read first: {@link io.vellamo.engine.journal.JournalRecord}, {@link
 * io.vellamo.engine.journal.ShardRecovery}.
 */
@NullMarked
package io.vellamo.engine.journal;

import org.jspecify.annotations.NullMarked;
