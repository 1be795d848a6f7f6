package io.vellamo.webhook;

import static java.util.Objects.requireNonNull;

/**
 * A row that an endpoint did not accept, for another sink.
 *
 * @param idempotencyKey the key that the row was sent with if it was not part of a batch
 * @param row the row
 * @param status the status of the last answer
 * @param attempts the number of requests that the row was part of since the last batch that was
 *     divided
 * @param <U> the rows
 * @since 0.1
 */
public record RejectedRow<U>(String idempotencyKey, U row, int status, int attempts) {
  public RejectedRow {
    requireNonNull(idempotencyKey, "idempotencyKey");
    requireNonNull(row, "row");
  }

  /** Returns key and status. The row is omitted so that it can't reach a log. */
  @Override
  public String toString() {
    return "RejectedRow[" + idempotencyKey + ": " + status + "]";
  }
}
