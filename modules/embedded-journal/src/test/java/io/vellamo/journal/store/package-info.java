/**
 * Tests of the store alone.
 *
 * <p>Read first: {@link io.vellamo.journal.store.RocksJournalStoreTest}, {@link
 * io.vellamo.journal.store.KillTest}, {@link io.vellamo.journal.store.DamageTest}.
 */
@NullMarked
package io.vellamo.journal.store;

import org.jspecify.annotations.NullMarked;
