/**
 * The health, the hot keys and the shards of a query, derived by its handle from the reports of a
 * run.
 *
 * <p>Read first: {@link io.vellamo.engine.observe.QueryObservations}, {@link
 * io.vellamo.engine.observe.HealthRules}.
 */
@NullMarked
package io.vellamo.engine.observe;

import org.jspecify.annotations.NullMarked;
