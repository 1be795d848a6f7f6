package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The state of one persistence id at one sequence number.
 *
 * @param sequenceNr the number of the last event the state includes, 0 if it includes none
 * @param timestampMillis the time of the snapshot given by the caller, in epoch milliseconds
 * @param payload the state
 * @param metadata the metadata that the writer added, or {@code null}
 * @since 0.1
 */
public record StoredSnapshot(
    long sequenceNr, long timestampMillis, Payload payload, @Nullable Payload metadata) {

  /**
   * Checks the components.
   *
   * @param sequenceNr not negative
   * @param timestampMillis any
   * @param payload not null
   * @param metadata can be null
   * @throws IllegalArgumentException if the sequence number is negative
   */
  public StoredSnapshot {
    if (sequenceNr < 0) {
      throw new IllegalArgumentException(
          "sequenceNr must not be negative, was [" + sequenceNr + "]");
    }
    requireNonNull(payload, "payload");
  }
}
