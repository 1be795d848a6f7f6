/** Replay and inspection, without a journal. */
@NullMarked
package io.vellamo.persistence.replay;

import org.jspecify.annotations.NullMarked;
