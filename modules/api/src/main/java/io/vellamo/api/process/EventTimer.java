package io.vellamo.api.process;

/**
 * The name of timers in event time, which fire once the watermark has reached their time. They need
 * {@code withWatermark} upstream of {@code groupByKey}.
 *
 * @param name the name, from 1 to 100 characters, not blank
 * @since 0.1
 */
public record EventTimer(String name) implements TimerName {
  /** Checks the name. */
  public EventTimer {
    Names.checked(name);
  }

  /**
   * Returns a timer name.
   *
   * @param name the name, from 1 to 100 characters, not blank
   * @return the timer name
   */
  public static EventTimer named(String name) {
    return new EventTimer(name);
  }

  @Override
  public TimeDomain domain() {
    return TimeDomain.EVENT_TIME;
  }
}
