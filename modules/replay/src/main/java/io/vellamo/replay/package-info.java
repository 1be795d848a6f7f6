/**
 * The journal as a recording: inspection, a check of recovery, and replay through a changed
 * function.
 *
 * <p>Read first: {@link io.vellamo.replay.JournalReplay}, {@link io.vellamo.replay.ReplayPoint},
 * {@link io.vellamo.replay.Replacement}.
 */
@NullMarked
package io.vellamo.replay;

import org.jspecify.annotations.NullMarked;
