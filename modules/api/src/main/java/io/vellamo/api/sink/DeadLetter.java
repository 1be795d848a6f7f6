package io.vellamo.api.sink;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A source entry that was no event, kept with its position and the reason.
 *
 * @param partition the source partition, such as a file
 * @param offset where the entry begins
 * @param reason what must hold and what was found
 * @param entry the entry itself, if the source has it as text
 * @since 0.1
 */
public record DeadLetter(String partition, long offset, String reason, Optional<String> entry) {
  public DeadLetter {
    requireNonNull(partition, "partition");
    requireNonNull(reason, "reason");
    requireNonNull(entry, "entry");
  }

  /** Names position and reason; the entry itself stays out, so that it can't reach a log. */
  @Override
  public String toString() {
    return "DeadLetter[" + partition + "@" + offset + ": " + reason + "]";
  }
}
