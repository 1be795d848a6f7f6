/**
 * The door to Vellamo in a Pekko application.
 *
 * <p>Read first: {@link io.vellamo.actors.Vellamo}.
 */
@NullMarked
package io.vellamo.actors;

import org.jspecify.annotations.NullMarked;
