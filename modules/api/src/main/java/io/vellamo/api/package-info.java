/**
 * The pipeline that users write: a source, stages, a stateful operator, a sink.
 *
 * <p>Read first: {@link io.vellamo.api.EventStream}, {@link io.vellamo.api.GroupedStream}, {@link
 * io.vellamo.api.QueryBuilder}.
 */
@NullMarked
package io.vellamo.api;

import org.jspecify.annotations.NullMarked;
