/**
 * Whole queries without actors, threads and files: the machines of a query and its shards, with
 * effects that are carried out on a journal, sources and sinks in memory.
 *
 * <p>Read first: {@link io.vellamo.engine.local.LocalRun}, {@link
 * io.vellamo.engine.local.LocalShard}, {@link io.vellamo.engine.local.PendingEffect}.
 */
@NullMarked
package io.vellamo.engine.local;

import org.jspecify.annotations.NullMarked;
