/**
 * Uniform descriptions of failures that user code, sources, sinks and journals throw.
 *
 * <p>Read first: {@link io.vellamo.engine.failure.Failures}.
 */
@NullMarked
package io.vellamo.engine.failure;

import org.jspecify.annotations.NullMarked;
