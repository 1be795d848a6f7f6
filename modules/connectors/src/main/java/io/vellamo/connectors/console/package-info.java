/**
 * A sink that prints.
 *
 * <p>Read first: {@link io.vellamo.connectors.console.Console}, {@link
 * io.vellamo.connectors.console.ConsoleSink}.
 */
@NullMarked
package io.vellamo.connectors.console;

import org.jspecify.annotations.NullMarked;
