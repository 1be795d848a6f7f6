/**
 * Aggregates: what a group of events is reduced to, such as a count, a mean or a custom value.
 *
 * <p>Start with {@link io.vellamo.api.aggregate.Aggregates}, whose aggregates are handles to
 * results, {@link io.vellamo.api.aggregate.Aggregate}. {@link io.vellamo.api.aggregate.Statistics}
 * share a buffer, and {@link io.vellamo.api.aggregate.Aggregator} is implemented for an aggregate
 * of one's own.
 */
@NullMarked
package io.vellamo.api.aggregate;

import org.jspecify.annotations.NullMarked;
