package io.vellamo.api.process;

/**
 * The name of a processor's timers. A group has at most one timer without a tag and one timer for
 * each tag under a name. Declare names as constants.
 *
 * <p><b>Threading</b> Immutable.
 *
 * @since 0.1
 */
public sealed interface TimerName permits EventTimer, ProcessingTimer {
  /**
   * Returns the name, which identifies the timers in the journal.
   *
   * @return a name that no other variable or timer of the processor has
   */
  String name();

  /**
   * Returns the clock of the timers.
   *
   * @return the clock
   */
  TimeDomain domain();
}
