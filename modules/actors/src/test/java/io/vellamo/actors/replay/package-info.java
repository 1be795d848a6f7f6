/** Replay and inspection of journals that real queries wrote. */
@NullMarked
package io.vellamo.actors.replay;

import org.jspecify.annotations.NullMarked;
