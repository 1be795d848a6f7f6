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
  W4(Duration.ofSeconds(30)),

  /** NEXMark's hot items: the auctions with most bids in ten seconds, every two seconds. */
  Q5(Input.AUCTION_HOUSE),

  /** NEXMark's highest bid of each ten seconds. */
  Q7(Input.AUCTION_HOUSE),

  /**
   * NEXMark's new users: the persons who open an auction in the ten seconds of their registration.
   */
  Q8(Input.AUCTION_HOUSE),

  /** NEXMark's sessions of bidders: bids at most ten seconds apart. */
  Q11(Input.AUCTION_HOUSE),

  /** NEXMark's bids of each bidder in each ten seconds of processing time. */
  Q12(Input.AUCTION_HOUSE),

  /** The Yahoo streaming benchmark: the views of each campaign's ads in each ten seconds. */
  YSB(Input.ADS);

  /** The events that a workload reads. */
  public enum Input {
    /** A {@link DataSet}, from files. */
    DATA_SET,
    /** The events of NEXMark, generated as they are read. */
    AUCTION_HOUSE,
    /** The events of the Yahoo streaming benchmark, generated as they are read. */
    ADS
  }

  /**
   * The length of the windows of the workloads whose events are generated, and the gap of Q11's
   * sessions.
   */
  public static final Duration WINDOW = Duration.ofSeconds(10);

  /** The time from the start of a window of Q5 to the start of the next. */
  public static final Duration SLIDE = Duration.ofSeconds(2);

  /** The watermark delay of the workloads whose events are generated, in order. */
  public static final Duration GENERATED_DELAY = Duration.ofSeconds(4);

  /** The length of W4's windows. */
  public static final Duration LONG_WINDOW = Duration.ofHours(5);

  /** The watermark delay; longer than any event is out of order. */
  public static final Duration WATERMARK_DELAY = Duration.ofMinutes(10);

  private final Input input;
  private final Duration interval;

  Workload(Duration interval) {
    this.input = Input.DATA_SET;
    this.interval = interval;
  }

  Workload(Input input) {
    this.input = input;
    this.interval = Duration.ZERO;
  }

  /** Returns the events that this workload reads. */
  public Input input() {
    return input;
  }

  /**
   * Returns whether windows are in processing time. Their rows differ from run to run, so that only
   * {@link WindowSums} can be compared.
   */
  public boolean isInProcessingTime() {
    return this == Q12;
  }

  /**
   * Returns the average distance in event time between the events of a key of the data set; zero if
   * events are generated.
   */
  public Duration interval() {
    return interval;
  }
}
