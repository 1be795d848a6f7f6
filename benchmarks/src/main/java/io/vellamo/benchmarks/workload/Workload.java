package io.vellamo.benchmarks.workload;

import java.time.Duration;

/** A computation on a data set. */
public enum Workload {
  /** A row for each session of a key: arbitrary state, closed by event time. */
  W1(Duration.ofMinutes(15)),

  /** A row for each alert of a key: state that every event changes, without event time. */
  W2(Duration.ofMinutes(15)),

  /** A row for each key and window of five minutes with its number of events. */
  W3(Duration.ofSeconds(30)),

  /** A row for each key and window of five hours that ends every five minutes, as in W3. */
  W4(Duration.ofSeconds(30));

  /** The length of W4's windows. */
  public static final Duration LONG_WINDOW = Duration.ofHours(5);

  /** The watermark delay; longer than any event is out of order. */
  public static final Duration WATERMARK_DELAY = Duration.ofMinutes(10);

  private final Duration interval;

  Workload(Duration interval) {
    this.interval = interval;
  }

  /** Returns the average distance in event time between the events of a key. */
  public Duration interval() {
    return interval;
  }
}
