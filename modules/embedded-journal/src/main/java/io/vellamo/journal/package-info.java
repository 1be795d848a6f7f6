/**
 * A journal, a snapshot store and a read journal for Pekko Persistence in one local directory.
 *
 * <p>They are enabled by configuration, see {@code reference.conf}. Read first: {@link
 * io.vellamo.journal.EmbeddedReadJournal} (queries), {@link io.vellamo.journal.JournalPlugin},
 * {@link io.vellamo.journal.SnapshotStorePlugin}, {@link io.vellamo.journal.SharedStore}.
 */
@NullMarked
package io.vellamo.journal;

import org.jspecify.annotations.NullMarked;
