/**
 * Aggregates: what a group of events is reduced to, such as a count, a mean or a custom value.
 *
 * <p>Start with {@link io.vellamo.api.aggregate.Aggregates}.
 */
@NullMarked
package io.vellamo.api.aggregate;

import org.jspecify.annotations.NullMarked;
