/**
 * The journal's schema: what a query and its shards write, and how it is laid out in bytes.
 *
 * <p>Read first: {@link io.vellamo.persistence.journal.JournalRecord}, {@link
 * io.vellamo.persistence.journal.JournalSerializer}, {@link
 * io.vellamo.persistence.journal.PersistenceIds}.
 */
@NullMarked
package io.vellamo.persistence.journal;

import org.jspecify.annotations.NullMarked;
