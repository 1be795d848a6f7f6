package io.vellamo.journal.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The keys of the column families.
 *
 * <p>Numbers are big endian and never negative, so that keys sort as the numbers do.
 */
final class Keys {

  private Keys() {}

  static byte[] persistenceId(String persistenceId) {
    return persistenceId.getBytes(StandardCharsets.UTF_8);
  }

  static String persistenceId(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
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
