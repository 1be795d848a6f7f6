/**
 * The API of running queries: triggers, progress, waiting and stopping.
 *
 * <p>Start with {@link io.vellamo.api.query.StreamingQuery}, {@link io.vellamo.api.query.Trigger},
 * {@link io.vellamo.api.query.StreamingQueryProgress}, {@link io.vellamo.api.query.JsonReport}.
 */
@NullMarked
package io.vellamo.api.query;

import org.jspecify.annotations.NullMarked;
