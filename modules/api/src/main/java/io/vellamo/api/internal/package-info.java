/**
 * A query as data, as a pipeline passes it to the runtime. This package is shared by Vellamo's
 * modules, is not part of the API, and may change in any release.
 *
 * <p>Start with {@link io.vellamo.api.internal.QueryPlan}, {@link
 * io.vellamo.api.internal.Upstream}, {@link io.vellamo.api.internal.Stage}.
 */
@NullMarked
package io.vellamo.api.internal;

import org.jspecify.annotations.NullMarked;
