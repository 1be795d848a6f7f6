package io.vellamo.api.process;

/**
 * The name of timers in processing time, which fire once the processing time has reached their
 * time.
 *
 * @param name the name, from 1 to 100 characters, not blank
 * @since 0.1
 */
public record ProcessingTimer(String name) implements TimerName {
  /** Checks the name. */
  public ProcessingTimer {
    Names.checked(name);
  }

  /**
   * Returns a timer name.
   *
   * @param name the name, from 1 to 100 characters, not blank
   * @return the timer name
   */
  public static ProcessingTimer named(String name) {
    return new ProcessingTimer(name);
  }

  @Override
  public TimeDomain domain() {
    return TimeDomain.PROCESSING_TIME;
  }
}
