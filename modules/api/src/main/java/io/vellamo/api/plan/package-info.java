/**
 * A query as data, handed from the pipeline that users write to the runtime that runs it.
 *
 * <p>Read first: {@link io.vellamo.api.plan.QueryPlan}, {@link io.vellamo.api.plan.Upstream},
 * {@link io.vellamo.api.plan.Stage}.
 */
@NullMarked
package io.vellamo.api.plan;

import org.jspecify.annotations.NullMarked;
