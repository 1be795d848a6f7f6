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
 * A file that says how many updates were acknowledged, so that a log that lost its end is told from
 * one that ended there.
 *
 * <p>It holds one line: the number and a checksum. It is written after each synced commit and not
 * synced itself, so it can be behind the log and never ahead of it: after the death of the process
 * it is exact, after that of the machine it can lack what the operating system had not yet written,
 * which is some seconds.
 *
 * <p><b>Threading</b> for one thread at a time.
 *
 * <p><b>Cost</b> one small write to the page cache for each commit.
 */
/*
 * RocksDB takes a log that ends in the middle of a record, or between two, as the end that a crash
 * left. It remembers the sizes of older logs, but not that of the one being written.
 */
final class AcknowledgedMark implements AutoCloseable {

  private static final String FILE_NAME = "acknowledged";
  private static final int LINE_BYTES = 26;
  private static final int NUMBER_DIGITS = 16;

  private final Path file;

  /** {@code null} until the file is there. */
  private @Nullable FileChannel channel;

  private long updates;

  /** Whether there is a file, whatever it says. */
  private boolean exists;

  private boolean damaged;

  private AcknowledgedMark(Path file) {
    this.file = file;
  }

  /**
   * Reads the mark, if there is one. It is not synced, so a loss of power can damage it; then it is
   * not known how many updates were acknowledged.
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

  /** Returns whether something was ever acknowledged here. */
  boolean exists() {
    return exists;
  }

  /** Returns whether the file was there and did not say how many updates were acknowledged. */
  boolean isDamaged() {
    return damaged;
  }

  /** Returns how many updates were acknowledged, 0 if that is not known. */
  long updates() {
    return updates;
  }

  /** Moves the mark. */
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

  /** Creates the file whole, so that none is taken for damaged that was not yet written. */
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
