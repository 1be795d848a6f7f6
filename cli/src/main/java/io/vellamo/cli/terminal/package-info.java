/**
 * Output and progress of programs on a terminal.
 *
 * <p>Read first: {@link io.vellamo.cli.terminal.Terminal}.
 */
@NullMarked
package io.vellamo.cli.terminal;

import org.jspecify.annotations.NullMarked;
