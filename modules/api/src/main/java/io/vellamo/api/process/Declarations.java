package io.vellamo.api.process;

import java.time.Duration;

/**
 * The variables and timers that a {@link GroupProcessor} uses.
 *
 * <p><b>Failure</b> Each method throws {@link IllegalArgumentException} if it contradicts an
 * earlier declaration of the same processor.
 *
 * @since 0.1
 */
public interface Declarations {
  /**
   * Declares a variable.
   *
   * @param variable a variable whose name no other variable or timer of the processor has
   * @return this object
   */
  Declarations use(Variable variable);

  /**
   * Declares timers.
   *
   * @param timers timers whose name no other variable or timer of the processor has
   * @return this object
   */
  Declarations use(TimerName timers);

  /**
   * Declares that rows may be emitted with event times before the watermark. The watermark of all
   * operators downstream is held back by as much. Without this declaration, a row's event time must
   * not be before the watermark of the preceding epoch, which holds for the times of events that
   * are not late and of event-time timers that were not set in the past.
   *
   * @param behind the largest difference, positive; for instance the length of a window whose rows
   *     are emitted at its end with the time of its start
   * @return this object
   */
  Declarations emitsBehindWatermark(Duration behind);
}
