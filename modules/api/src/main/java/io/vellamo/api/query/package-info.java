/**
 * A running query: how it is triggered, watched, awaited and stopped.
 *
 * <p>Read first: {@link io.vellamo.api.query.StreamingQuery}, {@link io.vellamo.api.query.Trigger},
 * {@link io.vellamo.api.query.StreamingQueryProgress}, {@link io.vellamo.api.query.JsonReport}.
 */
@NullMarked
package io.vellamo.api.query;

import org.jspecify.annotations.NullMarked;
