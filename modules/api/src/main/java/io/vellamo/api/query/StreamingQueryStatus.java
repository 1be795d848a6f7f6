package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot of the status of a query.
 *
 * @param message a human-readable status, such as {@code Waiting for data to arrive}; names the
 *     calls in progress for a second or longer
 * @param isDataAvailable whether input is known to be available
 * @param isTriggerActive whether an epoch is being planned, run or committed
 * @param calls the calls of user code in progress, the longest first
 * @param outage the outage of a source or sink that the query waits for; empty if there is none
 * @since 0.1
 */
public record StreamingQueryStatus(
    String message,
    boolean isDataAvailable,
    boolean isTriggerActive,
    List<CallInProgress> calls,
    Optional<Outage> outage)
    implements JsonReport {
  /** Copies the calls. */
  public StreamingQueryStatus {
    requireNonNull(message, "message");
    calls = List.copyOf(calls);
    requireNonNull(outage, "outage");
  }

  /**
   * Creates a status without calls and outage.
   *
   * @param message a human-readable status
   * @param isDataAvailable whether input is known to be available
   * @param isTriggerActive whether an epoch is being planned, run or committed
   */
  public StreamingQueryStatus(String message, boolean isDataAvailable, boolean isTriggerActive) {
    this(message, isDataAvailable, isTriggerActive, List.of(), Optional.empty());
  }

  /**
   * A call of a function, source or sink that has not returned.
   *
   * @param description a human-readable description of the call: {@code the function of
   *     [flatMapGroupsWithState] for group [key]}, or the operation and the source or sink
   * @param since the time at which the call began; exact for sources and sinks, up to a second late
   *     for functions
   * @param thread the name of the thread it runs on
   * @since 0.1
   */
  public record CallInProgress(String description, Instant since, String thread)
      implements JsonReport {
    /** Checks the components. */
    public CallInProgress {
      requireNonNull(description, "description");
      requireNonNull(since, "since");
      requireNonNull(thread, "thread");
    }
  }
}
