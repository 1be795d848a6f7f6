package io.vellamo.journal.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The keys of the column families.
 *
 * <p>Numbers are big-endian and never negative, so that keys sort in numeric order.
 */
final class Keys {

  private Keys() {}

  static byte[] persistenceId(String persistenceId) {
    return bytes(persistenceId);
  }

  static String persistenceId(byte[] key) {
    return text(key);
  }

  /**
   * Returns the UTF-8 form of a text.
   *
   * @throws IllegalArgumentException if it has an unpaired surrogate: replacing it would map two
   *     texts to the same bytes
   */
  static byte[] bytes(String text) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "persistence ids, manifests and writers must be well-formed text, [%s] has an unpaired surrogate; use another"
              .formatted(text),
          e);
    }
  }

  /**
   * Returns the text of a UTF-8 form.
   *
   * @throws IllegalArgumentException if the bytes are not UTF-8
   */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a stored name must be UTF-8, is damaged", e);
    }
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long number(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  static byte[] record(long id, long sequenceNr) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(id).putLong(sequenceNr).array();
  }

  /**
   * Returns the key that follows {@link #record}. The successor of {@link Long#MAX_VALUE} has the
   * sign bit set, and so correctly sorts last as unsigned bytes.
   */
  static byte[] behindRecord(long id, long sequenceNr) {
    return record(id, sequenceNr + 1);
  }

  static long sequenceNr(byte[] recordKey) {
    return ByteBuffer.wrap(recordKey).getLong(Long.BYTES);
  }
}
