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
 * <p>The start of a file is an exception: RocksDB puts a record about the preceding log there,
 * which is synced together with the record of the first commit. The latter does not show that the
 * former had been synced.
 *
 * <p><b>Cost</b> reads the log once, from the damage to the end.
 */
final class SoundRecords {

  /** An upper bound of the updates in a log. */
  private static final long MOST_UPDATES_AHEAD = 1L << 32;

  /** The length of the record about the preceding log, which begins a log. */
  private static final int PREDECESSOR_BYTES = LogScan.HEADER_BYTES + 3 * Long.BYTES;

  private SoundRecords() {}

  /**
   * Returns the number of the last update in the sound records after the damage that are later than
   * those before it, or 0 if these records do not show that the damaged part had been synced.
   *
   * @param file the log, or a file in its format
   * @param position the start position of the damage
   * @param updates the number of the last update before the damage, 0 if there is none
   */
  static long lastUpdateBehind(Path file, long position, long updates) throws IOException {
    boolean synced = false;
    long last = 0;
    byte[] block = new byte[LogScan.BLOCK_BYTES];
    long blockPosition = position / LogScan.BLOCK_BYTES * LogScan.BLOCK_BYTES;
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(blockPosition);
      int first = (int) (position - blockPosition) + 1;
      for (int bytes = in.readNBytes(block, 0, block.length);
          bytes > 0;
          bytes = in.readNBytes(block, 0, block.length)) {
        ByteBuffer content = ByteBuffer.wrap(block, 0, bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes - LogScan.HEADER_BYTES - LogScan.CONTENT_HEADER_BYTES;
        for (int at = first; at <= end; at++) {
          if (isSound(content, at, updates)) {
            synced |= position > 0 || blockPosition + at != PREDECESSOR_BYTES;
            last = Math.max(last, lastUpdate(content, at));
          }
        }
        first = 0;
        blockPosition += bytes;
      }
    }
    return synced ? last : 0;
  }

  private static boolean isSound(ByteBuffer block, int at, long updates) {
    int type = block.get(at + LogScan.HEADER_BYTES - 1);
    int length = Short.toUnsignedInt(block.getShort(at + Integer.BYTES));
    int start = at + LogScan.HEADER_BYTES;
    if ((type != LogScan.FULL && type != LogScan.FIRST)
        || length < LogScan.CONTENT_HEADER_BYTES
        || start + length > block.limit()) {
      return false;
    }
    long update = block.getLong(start);
    boolean later = update > updates && update - updates < MOST_UPDATES_AHEAD;
    return later && block.getInt(at) == LogScan.checksum(type, block.slice(start, length));
  }

  private static long lastUpdate(ByteBuffer block, int at) {
    int start = at + LogScan.HEADER_BYTES;
    return block.getLong(start) + block.getInt(start + Long.BYTES) - 1;
  }
}
