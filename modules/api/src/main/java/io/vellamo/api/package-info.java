/**
 * The pipeline that users write: sources, stages, stateful operators, a sink.
 *
 * <p>Read first: {@link io.vellamo.api.EventStream}, {@link io.vellamo.api.GroupedStream}, {@link
 * io.vellamo.api.QueryBuilder}.
 */
@NullMarked
package io.vellamo.api;

import org.jspecify.annotations.NullMarked;
