/**
 * What programs on a terminal share: where they print, and progress.
 *
 * <p>Read first: {@link io.vellamo.cli.terminal.Terminal}.
 */
@NullMarked
package io.vellamo.cli.terminal;

import org.jspecify.annotations.NullMarked;
