package io.vellamo.journal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A scan of the write-ahead log before RocksDB opens it: finds the end of its intact part and the
 * damage that follows.
 *
 * <p><b>Cost</b> reads the log once.
 */
/*
 * RocksDB treats a damaged length that points past the end of the file as a record that a crash
 * left incomplete, and deletes the log with the sound records that follow. The scan detects this
 * beforehand. The format [1] is blocks of 32 KiB with records of
 *
 *   masked CRC-32C 4 bytes | length 2 bytes | type 1 byte | content
 *
 * in little-endian order. A record that does not fit into a block is split. The content begins with
 * the number of its first update (8 bytes) and the count of its updates (4 bytes).
 *
 * [1] RocksDB wiki, Write Ahead Log File Format,
 *     https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format
 */
final class LogScan {

  private static final String SUFFIX = ".log";

  static final int BLOCK_BYTES = 32 << 10;
  static final int HEADER_BYTES = Integer.BYTES + Short.BYTES + 1;
  static final int CONTENT_HEADER_BYTES = Long.BYTES + Integer.BYTES;

  private static final String INCOMPLETE = "the end within a record";
  private static final String TOO_LONG = "a record longer than the rest";
  private static final String LOST_SECTORS = "zeros in front of other content";

  private static final int PADDING = 0;
  static final int FULL = 1;
  static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;

  /** The start of the content of the record being read. */
  private final ByteBuffer contentHeader =
      ByteBuffer.allocate(CONTENT_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private boolean withinRecord;

  /** The position of the first zeros in place of a record, -1 if there are none. */
  private long zerosFrom;

  private long updates;
  private @Nullable Damage damage;

  /** The end position of the last whole record in the file being read. */
  private long wholeBytes;

  private LogScan() {}

  /** Reads the log files in order, up to the first damage. */
  static LogScan of(Path rocksDirectory) throws IOException {
    LogScan scan = new LogScan();
    List<Path> files = Files.exists(rocksDirectory) ? files(rocksDirectory) : List.of();
    for (Path file : files) {
      if (scan.damage == null) {
        scan.read(file, file.equals(files.get(files.size() - 1)));
      } else {
        scan.damage = scan.damage.followedBy(updatesOf(file));
      }
    }
    return scan;
  }

  /** Reads one file in the format of the log, such as a manifest. */
  static LogScan ofFile(Path file) throws IOException {
    LogScan scan = new LogScan();
    scan.read(file, true);
    return scan;
  }

  /** Returns the number of the last update in a whole record, 0 if there is none. */
  long updates() {
    return updates;
  }

  /** Returns the damage after the last whole record, which can be an incomplete record. */
  @Nullable Damage damage() {
    return damage;
  }

  private static List<Path> files(Path rocksDirectory) throws IOException {
    try (Stream<Path> files = Files.list(rocksDirectory)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted(Comparator.comparingLong(LogScan::number))
          .toList();
    }
  }

  private static long updatesOf(Path file) throws IOException {
    return ofFile(file).updates;
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  private void read(Path file, boolean newest) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    wholeBytes = 0;
    withinRecord = false;
    zerosFrom = -1;
    String found = null;
    long position = 0;
    try (InputStream in = Files.newInputStream(file)) {
      int bytes = in.readNBytes(block, 0, BLOCK_BYTES);
      while (bytes > 0 && found == null) {
        ByteBuffer content = ByteBuffer.wrap(block, 0, bytes).order(ByteOrder.LITTLE_ENDIAN);
        found = read(position, content);
        position += found == null ? bytes : content.position();
        bytes = in.readNBytes(block, 0, BLOCK_BYTES);
      }
    }
    if (found == null && withinRecord) {
      found = INCOMPLETE;
    }
    if (found != null) {
      long behind = SoundRecords.lastUpdateBehind(file, position, updates);
      damage =
          new Damage(
              file, newest, Math.max(updates, behind), behind == 0, wholeBytes, position, found);
    }
  }

  /** Reads to the end of a block or to the first damage. Returns a description of the damage. */
  private @Nullable String read(long blockPosition, ByteBuffer block) {
    while (block.remaining() >= HEADER_BYTES) {
      int start = block.position();
      int checksum = block.getInt();
      int length = Short.toUnsignedInt(block.getShort());
      int type = Byte.toUnsignedInt(block.get());
      if (type == PADDING && length == 0) {
        // Either preallocated space up to the end of the file, or lost sectors followed by others.
        zerosFrom = zerosFrom < 0 ? blockPosition + start : zerosFrom;
        block.position(start);
        return zerosToTheEnd(block);
      }
      if (zerosFrom >= 0) {
        block.position(start);
        return LOST_SECTORS;
      }
      String found = accept(block, checksum, length, type);
      if (found != null) {
        block.position(start);
        return found;
      }
      if (!withinRecord) {
        wholeBytes = blockPosition + block.position();
      }
    }
    boolean incomplete = block.limit() < BLOCK_BYTES && block.hasRemaining();
    return incomplete ? INCOMPLETE : null;
  }

  /** Returns the damage if the rest of a block holds anything but zeros. */
  private static @Nullable String zerosToTheEnd(ByteBuffer block) {
    int start = block.position();
    while (block.hasRemaining()) {
      if (block.get() != 0) {
        block.position(start);
        return LOST_SECTORS;
      }
    }
    return null;
  }

  /** Reads a record, or a part of one. Returns a description of its damage, if any. */
  private @Nullable String accept(ByteBuffer block, int checksum, int length, int type) {
    if (length > block.remaining()) {
      return TOO_LONG;
    }
    ByteBuffer content = block.slice(block.position(), length);
    if (checksum != checksum(type, content)) {
      return "a checksum that does not match";
    }
    boolean begins = type == FULL || type == FIRST;
    if (withinRecord == begins && type <= LAST) {
      return "a part of another record";
    }
    block.position(block.position() + length);
    switch (type) {
      case FULL, FIRST -> begin(content);
      case MIDDLE, LAST -> gather(content);
      default -> {
        // A record type internal to RocksDB.
      }
    }
    if (type == FULL || type == LAST) {
      end();
    }
    return null;
  }

  private void begin(ByteBuffer content) {
    withinRecord = true;
    contentHeader.clear();
    gather(content);
  }

  private void gather(ByteBuffer content) {
    int bytes = Math.min(content.remaining(), contentHeader.remaining());
    contentHeader.put(content.slice(0, bytes));
  }

  private void end() {
    withinRecord = false;
    if (!contentHeader.hasRemaining()) {
      updates = contentHeader.getLong(0) + contentHeader.getInt(Long.BYTES) - 1;
    }
  }

  /**
   * Returns the masked checksum as stored: rotated and offset, since checksums of checksums are
   * weak.
   */
  static int checksum(int type, ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(type);
    crc.update(content.duplicate());
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  /**
   * The damage after the last whole record.
   *
   * @param file the damaged file
   * @param newest whether the file is the one written last
   * @param syncedUpdates the number of the last update that the intact records show to be synced
   * @param isEnd whether no sound record follows, so that the damage can be the remains of a write
   *     that a crash interrupted before it was acknowledged
   * @param wholeBytes the end position of the last whole record of the file
   * @param position the start position of the damage
   * @param found a description of the damage
   */
  record Damage(
      Path file,
      boolean newest,
      long syncedUpdates,
      boolean isEnd,
      long wholeBytes,
      long position,
      String found) {

    /** Returns the damage with a later file behind it. */
    private Damage followedBy(long updatesOfLaterFile) {
      return updatesOfLaterFile <= syncedUpdates
          ? this
          : new Damage(file, newest, updatesOfLaterFile, false, wholeBytes, position, found);
    }

    /** Returns whether the file ends within a record, without other content in its place. */
    boolean isIncomplete() {
      return found.equals(INCOMPLETE) || found.equals(TOO_LONG);
    }

    @Override
    public String toString() {
      return String.format("%s at position %d of %s", found, position, file.getFileName());
    }
  }
}
