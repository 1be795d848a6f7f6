/**
 * Stores for a journal, under the same loads in one run.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.stores.StoreComparison}, {@link
 * io.vellamo.benchmarks.stores.LogStore}.
 */
@NullMarked
package io.vellamo.benchmarks.stores;

import org.jspecify.annotations.NullMarked;
