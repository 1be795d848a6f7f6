/**
 * A pipeline as a Pekko {@code Flow}, for graphs that exist already.
 *
 * <p>Read first: {@link io.vellamo.actors.flow.QueryFlow}.
 */
@NullMarked
package io.vellamo.actors.flow;

import org.jspecify.annotations.NullMarked;
