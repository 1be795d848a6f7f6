/**
 * The journal as a recording: inspection, a check of recovery, and replay through a changed
 * function.
 *
 * <p>Read first: {@link io.vellamo.persistence.replay.JournalReplay}, {@link
 * io.vellamo.persistence.replay.ReplayPoint}, {@link io.vellamo.persistence.replay.Replacement}.
 */
@NullMarked
package io.vellamo.persistence.replay;

import org.jspecify.annotations.NullMarked;
