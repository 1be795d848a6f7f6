package io.vellamo.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The values of records as the text of dead letters. */
final class EntryText {
  private EntryText() {}

  /** Returns the text of a value; null if it is not UTF-8. */
  static @Nullable String of(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
