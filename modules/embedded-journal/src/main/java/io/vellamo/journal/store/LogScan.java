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
 * A look at the write-ahead log before RocksDB opens it: how far it is whole, and what is wrong
 * behind.
 *
 * <p><b>Cost</b> reads the log once.
 */
/*
 * RocksDB takes a length that was changed to point behind the end of the file for a record that a
 * crash left incomplete, and deletes the log with the sound records behind it. So that has to be
 * found out before. The format [1]: blocks of 32 KiB with records of
 *
 *   masked CRC-32C 4 bytes | length 2 bytes | type 1 byte | content
 *
 * in little endian. What does not fit into a block is split. The content begins with the number of
 * its first update (8 bytes) and how many there are (4 bytes).
 *
 * [1] RocksDB wiki, Write Ahead Log File Format,
 *     https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format
 */
final class LogScan {

  private static final String SUFFIX = ".log";

  private static final int BLOCK_BYTES = 32 << 10;
  private static final int HEADER_BYTES = Integer.BYTES + Short.BYTES + 1;
  private static final int CONTENT_HEADER_BYTES = Long.BYTES + Integer.BYTES;

  private static final int PADDING = 0;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;

  /** The beginning of the record that is being read. */
  private final ByteBuffer contentHeader =
      ByteBuffer.allocate(CONTENT_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private boolean withinRecord;
  private long updates;
  private @Nullable Damage damage;

  /** Where the last whole record of the file ends that is being read. */
  private long wholeBytes;

  private LogScan() {}

  /** Reads the log files in their order, up to the first damage. */
  static LogScan of(Path rocksDirectory) throws IOException {
    LogScan scan = new LogScan();
    List<Path> files = Files.exists(rocksDirectory) ? files(rocksDirectory) : List.of();
    for (Path file : files) {
      if (scan.damage == null) {
        scan.read(file, file.equals(files.get(files.size() - 1)));
      }
    }
    return scan;
  }

  /** Returns the number of the last update in a whole record, 0 if there is none. */
  long updates() {
    return updates;
  }

  /** Returns what is behind the last whole record; an incomplete record counts. */
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

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  private void read(Path file, boolean newest) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    wholeBytes = 0;
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
      found = "the end within a record";
    }
    if (found != null) {
      damage = new Damage(file, newest, wholeBytes, position, found);
    }
  }

  /** Reads to the end of a block, or to what is wrong, and returns that. */
  private @Nullable String read(long blockPosition, ByteBuffer block) {
    while (block.remaining() >= HEADER_BYTES) {
      int start = block.position();
      int checksum = block.getInt();
      int length = Short.toUnsignedInt(block.getShort());
      int type = Byte.toUnsignedInt(block.get());
      if (type == PADDING && length == 0) {
        return null;
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
    return incomplete ? "the end within a record" : null;
  }

  /** Takes a record, or a part of one. Returns what is wrong with it, if so. */
  private @Nullable String accept(ByteBuffer block, int checksum, int length, int type) {
    if (length > block.remaining()) {
      return "a record longer than the rest";
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
        // Of RocksDB's own.
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

  /** As stored: rotated and shifted, since checksums of checksums are weak. */
  private static int checksum(int type, ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(type);
    crc.update(content.duplicate());
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  /**
   * What is behind the last whole record.
   *
   * @param file where it is
   * @param newest whether it is in the file that was written last
   * @param wholeBytes where the last whole record of the file ends
   * @param position where the damage begins
   * @param found what is wrong there
   */
  record Damage(Path file, boolean newest, long wholeBytes, long position, String found) {

    @Override
    public String toString() {
      return String.format("%s at position %d of %s", found, position, file.getFileName());
    }
  }
}
