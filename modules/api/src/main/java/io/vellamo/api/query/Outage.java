package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An outage of a source or sink: a call has failed, and the query waits before it makes the call
 * again, see {@link RetryPolicy}. The ranges of a sink that is written in several ranges fail and
 * are called again one by one, in one outage.
 *
 * @param description the human-readable description of the source or sink
 * @param since the time of the first failure, by the query's clock
 * @param failures the number of failed calls, at least 1
 * @param nextAttempt the time of the next call
 * @param error the class of the last exception
 * @param message the text of the last exception; without that of foreign exceptions if {@code
 *     vellamo.errors.show-messages} is off
 * @since 0.1
 */
public record Outage(
    String description,
    Instant since,
    int failures,
    Instant nextAttempt,
    String error,
    String message)
    implements JsonReport {
  /** Checks the components. */
  public Outage {
    requireNonNull(description, "description");
    requireNonNull(since, "since");
    requireNonNull(nextAttempt, "nextAttempt");
    requireNonNull(error, "error");
    requireNonNull(message, "message");
  }
}
