/**
 * The API for writing pipelines: sources, stages, stateful operators and a sink.
 *
 * <p>Start with {@link io.vellamo.api.EventStream}, {@link io.vellamo.api.GroupedStream}, {@link
 * io.vellamo.api.QueryBuilder}.
 */
@NullMarked
package io.vellamo.api;

import org.jspecify.annotations.NullMarked;
