/**
 * What a query remembers between epochs, and the decision which epoch comes next.
 *
 * <p>Read first: {@link io.vellamo.engine.epoch.EpochPlanner}, {@link
 * io.vellamo.engine.epoch.QueryLedger}, {@link io.vellamo.engine.epoch.EpochPlan}.
 */
@NullMarked
package io.vellamo.engine.epoch;

import org.jspecify.annotations.NullMarked;
