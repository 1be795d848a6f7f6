package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * The state of a query at one moment.
 *
 * @param message for people, such as {@code Waiting for data to arrive}; names the calls that have
 *     lasted for a second or longer
 * @param isDataAvailable whether input is known to wait
 * @param isTriggerActive whether an epoch is being planned, run or committed
 * @param calls the calls of user code that were under way, the longest first
 * @since 0.1
 */
public record StreamingQueryStatus(
    String message, boolean isDataAvailable, boolean isTriggerActive, List<CallUnderWay> calls) {
  /** Copies the calls. */
  public StreamingQueryStatus {
    requireNonNull(message, "message");
    calls = List.copyOf(calls);
  }

  /**
   * Creates a status without calls.
   *
   * @param message for people
   * @param isDataAvailable whether input is known to wait
   * @param isTriggerActive whether an epoch is being planned, run or committed
   */
  public StreamingQueryStatus(String message, boolean isDataAvailable, boolean isTriggerActive) {
    this(message, isDataAvailable, isTriggerActive, List.of());
  }

  /**
   * A call of a function, source or sink that has not returned.
   *
   * @param description the call in words: {@code the function of [flatMapGroupsWithState] for group
   *     [key]}, or what is done with which source or sink
   * @param since when it began; exact for sources and sinks, up to a second late for functions
   * @param thread the name of the thread it runs on
   * @since 0.1
   */
  public record CallUnderWay(String description, Instant since, String thread) {
    /** Checks the components. */
    public CallUnderWay {
      requireNonNull(description, "description");
      requireNonNull(since, "since");
      requireNonNull(thread, "thread");
    }
  }
}
