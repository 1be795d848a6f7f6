/**
 * The journal as a recording: look into it, check that recovery is right, run it through a changed
 * function.
 *
 * <p>Read first: {@link io.vellamo.persistence.replay.JournalReplay}, {@link
 * io.vellamo.persistence.replay.ReplayPoint}, {@link io.vellamo.persistence.replay.Replacement}.
 */
@NullMarked
package io.vellamo.persistence.replay;

import org.jspecify.annotations.NullMarked;
