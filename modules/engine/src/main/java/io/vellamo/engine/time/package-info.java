/**
 * Event time and processing time as numbers, and the rules for comparing them.
 *
 * <p>Read first: {@link io.vellamo.engine.time.Watermark}, {@link
 * io.vellamo.engine.time.EpochTimes}, {@link io.vellamo.engine.time.TriggerSchedule}.
 */
@NullMarked
package io.vellamo.engine.time;

import org.jspecify.annotations.NullMarked;
