package io.vellamo.persistence.codec;

import com.fasterxml.jackson.databind.JsonMappingException;

/** Refusal of a value that Jackson would write, but not read back unchanged. */
final class RefusedValueException extends JsonMappingException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates a failure.
   *
   * @param reason what was found and what to do; without payload
   */
  RefusedValueException(String reason) {
    super(null, reason);
  }

  /** Returns what was found and what to do. */
  String reason() {
    return getOriginalMessage();
  }
}
