/**
 * The configuration below {@code vellamo}, read and checked once for each actor system.
 *
 * <p>Read first: {@link io.vellamo.actors.settings.VellamoSettings}.
 */
@NullMarked
package io.vellamo.actors.settings;

import org.jspecify.annotations.NullMarked;
