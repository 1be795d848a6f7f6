/**
 * A query as data, passed from the pipeline that users write to the runtime that runs it.
 *
 * <p>Start with {@link io.vellamo.api.plan.QueryPlan}, {@link io.vellamo.api.plan.Upstream}, {@link
 * io.vellamo.api.plan.Stage}.
 */
@NullMarked
package io.vellamo.api.plan;

import org.jspecify.annotations.NullMarked;
