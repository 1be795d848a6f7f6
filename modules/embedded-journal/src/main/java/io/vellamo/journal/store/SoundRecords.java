package io.vellamo.journal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A search for records after a damaged part of a log. The writer begins a record only after the
 * preceding one is synced, so if a sound record follows, the damaged part had been acknowledged.
 *
 * <p><b>Cost</b> reads the log once, from the damage to the end.
 */
final class SoundRecords {

  /** An upper bound of the updates in a log. */
  private static final long MOST_UPDATES_AHEAD = 1L << 32;

  private SoundRecords() {}

  /**
   * Returns whether a sound record, later than those before the damage, begins after it.
   *
   * @param file the log, or a file in its format
   * @param position the start position of the damage
   * @param updates the number of the last update before the damage, 0 if there is none
   */
  static boolean areBehind(Path file, long position, long updates) throws IOException {
    byte[] block = new byte[LogScan.BLOCK_BYTES];
    long blockPosition = position / LogScan.BLOCK_BYTES * LogScan.BLOCK_BYTES;
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(blockPosition);
      int first = (int) (position - blockPosition) + 1;
      for (int bytes = in.readNBytes(block, 0, block.length);
          bytes > 0;
          bytes = in.readNBytes(block, 0, block.length)) {
        if (isIn(ByteBuffer.wrap(block, 0, bytes).order(ByteOrder.LITTLE_ENDIAN), first, updates)) {
          return true;
        }
        first = 0;
      }
    }
    return false;
  }

  private static boolean isIn(ByteBuffer block, int first, long updates) {
    int last = block.limit() - LogScan.HEADER_BYTES - LogScan.CONTENT_HEADER_BYTES;
    for (int at = first; at <= last; at++) {
      int type = block.get(at + LogScan.HEADER_BYTES - 1);
      if ((type == LogScan.FULL || type == LogScan.FIRST) && isSound(block, at, type, updates)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSound(ByteBuffer block, int at, int type, long updates) {
    int length = Short.toUnsignedInt(block.getShort(at + Integer.BYTES));
    int start = at + LogScan.HEADER_BYTES;
    if (length < LogScan.CONTENT_HEADER_BYTES || start + length > block.limit()) {
      return false;
    }
    long update = block.getLong(start);
    boolean later = update > updates && update - updates < MOST_UPDATES_AHEAD;
    return later && block.getInt(at) == LogScan.checksum(type, block.slice(start, length));
  }
}
