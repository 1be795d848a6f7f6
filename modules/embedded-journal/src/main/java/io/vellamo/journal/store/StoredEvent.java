package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One event of a log.
 *
 * @param sequenceNr its number in the log of its persistence id, positive
 * @param timestampMillis when it was written, in epoch milliseconds as the caller says
 * @param writerUuid which incarnation of the persistent actor wrote it, can be empty
 * @param adapterManifest what an event adapter noted, usually empty
 * @param payload the event
 * @param metadata what the writer added to the event, or {@code null}
 * @since 0.1
 */
public record StoredEvent(
    long sequenceNr,
    long timestampMillis,
    String writerUuid,
    String adapterManifest,
    Payload payload,
    @Nullable Payload metadata) {

  /**
   * Checks the parts.
   *
   * @param sequenceNr positive
   * @param timestampMillis any
   * @param writerUuid not null
   * @param adapterManifest not null
   * @param payload not null
   * @param metadata can be null
   * @throws IllegalArgumentException if the sequence number is not positive
   */
  public StoredEvent {
    if (sequenceNr <= 0) {
      throw new IllegalArgumentException("sequenceNr must be positive, was [" + sequenceNr + "]");
    }
    requireNonNull(writerUuid, "writerUuid");
    requireNonNull(adapterManifest, "adapterManifest");
    requireNonNull(payload, "payload");
  }
}
