/**
 * What a query's handle derives from the reports of a run: its health, its hot keys, and its
 * shards.
 *
 * <p>Read first: {@link io.vellamo.engine.observe.QueryObservations}, {@link
 * io.vellamo.engine.observe.HealthRules}.
 */
@NullMarked
package io.vellamo.engine.observe;

import org.jspecify.annotations.NullMarked;
