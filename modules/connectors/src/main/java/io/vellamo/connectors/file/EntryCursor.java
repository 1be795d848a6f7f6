package io.vellamo.connectors.file;

import io.vellamo.api.source.SourcePartition;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A position in a file from which entries are read; skips blank lines and the header. */
final class EntryCursor implements Closeable {
  private final SourcePartition partition;
  private final Path file;
  private final FileText text;
  private final EntryScanner scanner;
  private final byte[] header;
  private final long headerEnd;

  private EntryCursor(
      SourcePartition partition, Path file, FileText text, TextFormat format, int maxBytes)
      throws IOException {
    this.partition = partition;
    this.file = file;
    this.text = text;
    this.scanner = new EntryScanner(text, format.entryEnd(), maxBytes);
    this.header = format.isCsv() ? readHeader() : new byte[0];
    this.headerEnd = scanner.position();
  }

  static EntryCursor open(SourcePartition partition, Path file, TextFormat format, int maxBytes)
      throws IOException {
    FileText text = FileText.open(file);
    try {
      return new EntryCursor(partition, file, text, format, maxBytes);
    } catch (IOException e) {
      text.close();
      throw e;
    }
  }

  private byte[] readHeader() throws IOException {
    while (scanner.next()) {
      if (!scanner.isBlank()) {
        return Arrays.copyOfRange(
            scanner.buffer(), scanner.from(), scanner.from() + scanner.length());
      }
    }
    return new byte[0];
  }

  SourcePartition partition() {
    return partition;
  }

  /** Returns the text, whose own position may be after {@link #position}. */
  FileText text() {
    return text;
  }

  Path file() {
    return file;
  }

  /** Returns the header line; empty if there is none. */
  byte[] header() {
    return header;
  }

  /** Returns the current entry. */
  EntryScanner entry() {
    return scanner;
  }

  long position() {
    return scanner.position();
  }

  /**
   * Returns whether {@link #seek} to an offset is possible and cheaper than opening the file again.
   */
  boolean canServe(SourcePartition wanted, long offset) {
    return text.isCompressed() && partition.equals(wanted) && scanner.position() <= offset;
  }

  void seek(long offset) throws IOException {
    if (offset > headerEnd || scanner.position() > headerEnd) {
      scanner.seek(Math.max(offset, headerEnd));
    }
  }

  /**
   * Moves to the next entry that begins before an offset.
   *
   * @throws EOFException if the text ends before that offset
   */
  boolean next(long until) throws IOException {
    while (scanner.position() < until) {
      if (!scanner.next()) {
        throw new EOFException("text ends at offset " + scanner.position());
      }
      if (!scanner.isBlank()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Skips entries and returns their number; closes itself if the text can't be read.
   *
   * @throws EOFException if the text ends before that offset
   */
  long skip(long maxEntries, long until) throws IOException {
    long count = 0;
    try {
      while (count < maxEntries && next(until)) {
        count++;
      }
      return count;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
