/**
 * Queries and shards without actors and threads: the machines, with effects that are carried out in
 * an order that the caller chooses, on a journal in memory, or at once, without a journal.
 *
 * <p>Read first: {@link io.vellamo.engine.local.LocalRun}, {@link
 * io.vellamo.engine.local.LocalShard}, {@link io.vellamo.engine.local.PendingEffect}; {@link
 * io.vellamo.engine.local.BatchRun}, {@link io.vellamo.engine.local.DirectShard}.
 */
@NullMarked
package io.vellamo.engine.local;

import org.jspecify.annotations.NullMarked;
