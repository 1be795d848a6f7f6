package io.vellamo.journal.store;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of events and snapshots.
 *
 * <pre>
 * version 1 byte | flags 1 byte | CRC-32C 4 bytes | timestamp 8 bytes
 * | events only: writer, 16 bytes if flagged as UUID, else text | adapter manifest text
 * | payload: serializer 4 bytes, manifest text, bytes | metadata, if flagged: as payload
 * </pre>
 *
 * <p>Texts (UTF-8) and bytes are preceded by their length in 4 bytes. The checksum also covers the
 * persistence id and the sequence number, so that a sound record under a wrong key is detected.
 */
/*
 * RocksDB has its own checksums for data on disk. This one covers the whole path from serializer to
 * replay, including memory and the code of this module.
 */
final class RecordFormat {

  private static final byte VERSION = 1;
  private static final int WITH_METADATA = 1;
  private static final int UUID_WRITER = 2;

  private static final int FLAGS_POSITION = 1;
  private static final int CHECKSUM_POSITION = 2;
  private static final int BODY_POSITION = CHECKSUM_POSITION + Integer.BYTES;

  private RecordFormat() {}

  static byte[] encode(String persistenceId, StoredEvent event) {
    byte[] writer = text(event.writerUuid());
    byte[] adapterManifest = text(event.adapterManifest());
    UUID uuid = uuidOrNull(event.writerUuid());
    int writerSize = uuid == null ? sizeOf(writer) : 2 * Long.BYTES;
    int size = writerSize + sizeOf(adapterManifest) + sizeOf(event.payload(), event.metadata());
    byte[] record = new byte[BODY_POSITION + Long.BYTES + size];
    int flags = flags(event.metadata()) | (uuid == null ? 0 : UUID_WRITER);
    ByteBuffer body = begin(record, flags, event.timestampMillis());
    if (uuid == null) {
      put(body, writer);
    } else {
      body.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
    }
    put(body, adapterManifest);
    put(body, event.payload(), event.metadata());
    return seal(record, persistenceId, event.sequenceNr());
  }

  static byte[] encode(String persistenceId, StoredSnapshot snapshot) {
    int size = sizeOf(snapshot.payload(), snapshot.metadata());
    byte[] record = new byte[BODY_POSITION + Long.BYTES + size];
    ByteBuffer body = begin(record, flags(snapshot.metadata()), snapshot.timestampMillis());
    put(body, snapshot.payload(), snapshot.metadata());
    return seal(record, persistenceId, snapshot.sequenceNr());
  }

  static StoredEvent decodeEvent(String persistenceId, long sequenceNr, byte[] record) {
    ByteBuffer buffer = checked(persistenceId, sequenceNr, record);
    int flags = record[FLAGS_POSITION];
    long timestampMillis = buffer.getLong();
    String writer =
        (flags & UUID_WRITER) == 0
            ? getText(buffer)
            : new UUID(buffer.getLong(), buffer.getLong()).toString();
    String adapterManifest = getText(buffer);
    Payload payload = getPayload(buffer);
    Payload metadata = (flags & WITH_METADATA) == 0 ? null : getPayload(buffer);
    return new StoredEvent(sequenceNr, timestampMillis, writer, adapterManifest, payload, metadata);
  }

  static StoredSnapshot decodeSnapshot(String persistenceId, long sequenceNr, byte[] record) {
    ByteBuffer buffer = checked(persistenceId, sequenceNr, record);
    long timestampMillis = buffer.getLong();
    Payload payload = getPayload(buffer);
    boolean withMetadata = (record[FLAGS_POSITION] & WITH_METADATA) != 0;
    Payload metadata = withMetadata ? getPayload(buffer) : null;
    return new StoredSnapshot(sequenceNr, timestampMillis, payload, metadata);
  }

  private static ByteBuffer begin(byte[] record, int flags, long timestampMillis) {
    record[0] = VERSION;
    record[FLAGS_POSITION] = (byte) flags;
    return ByteBuffer.wrap(record).position(BODY_POSITION).putLong(timestampMillis);
  }

  private static byte[] seal(byte[] record, String persistenceId, long sequenceNr) {
    int checksum = checksum(persistenceId, sequenceNr, record);
    ByteBuffer.wrap(record).putInt(CHECKSUM_POSITION, checksum);
    return record;
  }

  /** Returns a buffer positioned at the record's body, after verifying the checksum. */
  private static ByteBuffer checked(String persistenceId, long sequenceNr, byte[] record) {
    if (record.length < BODY_POSITION) {
      throw new DamagedRecordException(
          persistenceId, sequenceNr, "only " + record.length + " bytes", null);
    }
    if (record[0] != VERSION) {
      throw new DamagedRecordException(
          persistenceId, sequenceNr, "record version " + record[0] + ", known is " + VERSION, null);
    }
    ByteBuffer buffer = ByteBuffer.wrap(record);
    int stored = buffer.getInt(CHECKSUM_POSITION);
    int actual = checksum(persistenceId, sequenceNr, record);
    if (stored != actual) {
      throw new DamagedRecordException(
          persistenceId,
          sequenceNr,
          String.format("checksum %08x instead of %08x", actual, stored),
          null);
    }
    return buffer.position(BODY_POSITION);
  }

  private static int checksum(String persistenceId, long sequenceNr, byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(Keys.persistenceId(persistenceId));
    crc.update(Keys.number(sequenceNr));
    crc.update(record[FLAGS_POSITION]);
    crc.update(record, BODY_POSITION, record.length - BODY_POSITION);
    return (int) crc.getValue();
  }

  private static int flags(@Nullable Payload metadata) {
    return metadata == null ? 0 : WITH_METADATA;
  }

  /** Returns the UUID if the text is its canonical form, so that it can be stored in 16 bytes. */
  private static @Nullable UUID uuidOrNull(String text) {
    if (text.length() != 36) {
      return null;
    }
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equals(text) ? uuid : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] text(String text) {
    return Keys.bytes(text);
  }

  private static int sizeOf(byte[] bytes) {
    return Integer.BYTES + bytes.length;
  }

  private static int sizeOf(Payload payload) {
    return Integer.BYTES + sizeOf(text(payload.manifest())) + sizeOf(payload.bytes());
  }

  private static int sizeOf(Payload payload, @Nullable Payload metadata) {
    return sizeOf(payload) + (metadata == null ? 0 : sizeOf(metadata));
  }

  private static void put(ByteBuffer buffer, Payload payload, @Nullable Payload metadata) {
    put(buffer, payload);
    if (metadata != null) {
      put(buffer, metadata);
    }
  }

  private static void put(ByteBuffer buffer, Payload payload) {
    buffer.putInt(payload.serializerId());
    put(buffer, text(payload.manifest()));
    put(buffer, payload.bytes());
  }

  private static void put(ByteBuffer buffer, byte[] bytes) {
    buffer.putInt(bytes.length).put(bytes);
  }

  private static Payload getPayload(ByteBuffer buffer) {
    int serializerId = buffer.getInt();
    return Payload.of(serializerId, getText(buffer), getBytes(buffer));
  }

  private static String getText(ByteBuffer buffer) {
    return Keys.text(getBytes(buffer));
  }

  private static byte[] getBytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.getInt()];
    buffer.get(bytes);
    return bytes;
  }
}
