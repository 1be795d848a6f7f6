/**
 * Aggregations: groups by key, by window or by session, whose events are reduced to buffers.
 *
 * <p>Start with {@link io.vellamo.engine.aggregate.WindowAggregation}.
 */
@NullMarked
package io.vellamo.engine.aggregate;

import org.jspecify.annotations.NullMarked;
