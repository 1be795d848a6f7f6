package io.vellamo.journal.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The keys of the column families.
 *
 * <p>Numbers are big endian and never negative, so that keys sort as the numbers do.
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
   * Returns a name as UTF-8.
   *
   * @throws IllegalArgumentException if it has an unpaired surrogate: replaced, two names would be
   *     one
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
   * Returns the name of bytes.
   *
   * @throws IllegalArgumentException if they are not UTF-8
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
   * The key behind {@link #record}. Behind {@link Long#MAX_VALUE} comes a number with the sign bit,
   * which as unsigned bytes sorts behind all others, as it should.
   */
  static byte[] behindRecord(long id, long sequenceNr) {
    return record(id, sequenceNr + 1);
  }

  static long sequenceNr(byte[] recordKey) {
    return ByteBuffer.wrap(recordKey).getLong(Long.BYTES);
  }
}
