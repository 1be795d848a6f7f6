/**
 * Durable storage of events and snapshots in one local directory, independent of Pekko.
 *
 * <p>Read first: {@link io.vellamo.journal.store.JournalStore} (the contract), {@link
 * io.vellamo.journal.store.RocksJournalStore} (its implementation on RocksDB), {@link
 * io.vellamo.journal.store.StoreSettings}, {@link io.vellamo.journal.store.JournalStoreException}.
 */
@NullMarked
package io.vellamo.journal.store;

import org.jspecify.annotations.NullMarked;
