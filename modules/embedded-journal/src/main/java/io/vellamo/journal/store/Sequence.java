package io.vellamo.journal.store;

import java.nio.ByteBuffer;

/**
 * The stored sequence numbers of a persistence id, kept independently of its events.
 *
 * @param id the short form of the persistence id in keys
 * @param highest the highest sequence number ever written, 0 if none
 * @param deletedTo the highest sequence number ever deleted, 0 if none; never above {@code highest}
 */
record Sequence(long id, long highest, long deletedTo) {

  static Sequence decode(long id, byte[] value) {
    ByteBuffer buffer = ByteBuffer.wrap(value);
    return new Sequence(id, buffer.getLong(), buffer.getLong());
  }

  byte[] encode() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(highest).putLong(deletedTo).array();
  }

  Sequence withHighest(long sequenceNr) {
    return new Sequence(id, sequenceNr, deletedTo);
  }

  Sequence withDeletedTo(long sequenceNr) {
    return new Sequence(id, highest, sequenceNr);
  }
}
