/**
 * A comparison of stores for a journal, under the same loads.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.stores.StoreComparison}, {@link
 * io.vellamo.benchmarks.stores.LogStore}.
 */
@NullMarked
package io.vellamo.benchmarks.stores;

import org.jspecify.annotations.NullMarked;
