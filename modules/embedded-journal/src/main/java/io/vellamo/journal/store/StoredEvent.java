package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An event of a log.
 *
 * @param sequenceNr the event's number in the log of its persistence id, positive
 * @param timestampMillis the time of writing given by the caller, in epoch milliseconds
 * @param writerUuid the incarnation of the persistent actor that wrote the event, possibly empty
 * @param adapterManifest the manifest of the event adapter, usually empty
 * @param payload the event
 * @param metadata the metadata that the writer added to the event, or {@code null}
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
   * Checks the components.
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
