/**
 * The command line.
 *
 * <p>Read first: {@link io.vellamo.cli.VellamoCommand}.
 */
@NullMarked
package io.vellamo.cli;

import org.jspecify.annotations.NullMarked;
