/**
 * The journal's schema: the records of queries and shards, and their layout in bytes.
 *
 * <p>Read first: {@link io.vellamo.engine.journal.JournalRecord}, {@link
 * io.vellamo.persistence.journal.JournalSerializer}, {@link
 * io.vellamo.persistence.journal.PersistenceIds}.
 */
@NullMarked
package io.vellamo.persistence.journal;

import org.jspecify.annotations.NullMarked;
