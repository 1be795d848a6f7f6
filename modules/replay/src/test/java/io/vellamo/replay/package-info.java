/** Replay and inspection, without a journal. */
@NullMarked
package io.vellamo.replay;

import org.jspecify.annotations.NullMarked;
