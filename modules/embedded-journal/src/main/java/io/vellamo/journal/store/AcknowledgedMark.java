package io.vellamo.journal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A file with the number of acknowledged updates, which distinguishes a log that lost its end from
 * a complete one.
 *
 * <p>The file holds one line: the number and a checksum. It is written at open and after each
 * synced commit. Changes to it are not synced, so it can trail the log but is never ahead of it. It
 * is exact after a crash of the process; after a crash of the machine it can lack the updates of
 * some seconds, which the operating system had not yet written.
 *
 * <p><b>Threading</b> used by one thread at a time.
 *
 * <p><b>Cost</b> one small write to the page cache per commit.
 */
/*
 * RocksDB treats a log that ends within a record, or between two, as cut off by a crash. It tracks
 * the sizes of older logs, but not that of the current one.
 */
final class AcknowledgedMark implements AutoCloseable {

  private static final String FILE_NAME = "acknowledged";
  private static final int LINE_BYTES = 26;
  private static final int NUMBER_DIGITS = 16;

  private final Path file;

  /** {@code null} until the file exists. */
  private @Nullable FileChannel channel;

  private long updates;

  /** True if the file exists, whatever its content. */
  private boolean exists;

  private boolean damaged;

  private AcknowledgedMark(Path file) {
    this.file = file;
  }

  /**
   * Reads the mark, if there is one. The file is not synced, so a power loss can damage it; the
   * number of acknowledged updates is then unknown.
   *
   * @throws IOException if the file cannot be used
   */
  static AcknowledgedMark open(Path directory) throws IOException {
    AcknowledgedMark mark = new AcknowledgedMark(directory.resolve(FILE_NAME));
    mark.exists = Files.exists(mark.file);
    if (mark.exists) {
      long found = mark.read();
      mark.damaged = found < 0;
      if (!mark.damaged) {
        mark.updates = found;
        mark.channel = FileChannel.open(mark.file, StandardOpenOption.WRITE);
      }
    }
    return mark;
  }

  /** Returns whether the file exists, which it does once a store has been opened. */
  boolean exists() {
    return exists;
  }

  /** Returns whether the file exists but does not hold a valid number. */
  boolean isDamaged() {
    return damaged;
  }

  /** Returns the number of acknowledged updates, 0 if unknown. */
  long updates() {
    return updates;
  }

  /** Sets the number of acknowledged updates. */
  void set(long newUpdates) throws IOException {
    if (channel == null) {
      channel = create(newUpdates);
      exists = true;
      damaged = false;
    } else if (newUpdates != updates) {
      channel.write(ByteBuffer.wrap(line(newUpdates)), 0);
    }
    updates = newUpdates;
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("file [" + file + "] must be closed", e);
    }
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }

  /** Creates the file atomically, so that an unfinished one is not mistaken for a damaged one. */
  private FileChannel create(long newUpdates) throws IOException {
    Path unfinished = file.resolveSibling(FILE_NAME + ".tmp");
    try (FileChannel out =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(ByteBuffer.wrap(line(newUpdates)));
      out.force(true);
    }
    DurableFiles.rename(unfinished, file);
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }

  /** Returns the number, or -1 if the file is damaged. */
  private long read() throws IOException {
    byte[] found = Files.readAllBytes(file);
    if (found.length == LINE_BYTES) {
      String digits = new String(found, 0, NUMBER_DIGITS, StandardCharsets.US_ASCII);
      if (digits.chars().allMatch(HexFormat::isHexDigit)) {
        long number = HexFormat.fromHexDigitsToLong(digits);
        if (new String(found, StandardCharsets.US_ASCII)
            .equals(new String(line(number), StandardCharsets.US_ASCII))) {
          return number;
        }
      }
    }
    return -1;
  }

  private static byte[] line(long number) {
    HexFormat hex = HexFormat.of();
    String digits = hex.toHexDigits(number);
    CRC32C checksum = new CRC32C();
    checksum.update(digits.getBytes(StandardCharsets.US_ASCII));
    String line = digits + " " + hex.toHexDigits((int) checksum.getValue()) + "\n";
    return line.getBytes(StandardCharsets.US_ASCII);
  }
}
