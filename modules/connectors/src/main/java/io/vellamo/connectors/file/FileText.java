package io.vellamo.connectors.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The text of a file as bytes, inflated if the file begins like a gzip file. */
final class FileText implements Closeable {
  /** The number of first bytes of a text that identify a file. */
  static final int HEAD_BYTES = 1024;

  private static final int INFLATER_BYTES = 64 * 1024;

  private final FileChannel channel;
  private final InputStream in;
  private final boolean compressed;
  // The first bytes of compressed text, as far as they have been read, since compressed text can't
  // be read backwards.
  private final byte[] first;
  private long position;

  private FileText(FileChannel channel, boolean compressed) {
    this.channel = channel;
    this.compressed = compressed;
    this.first = new byte[compressed ? 2 * HEAD_BYTES : 0];
    this.in =
        compressed ? new GzipMembers(channel, INFLATER_BYTES) : Channels.newInputStream(channel);
  }

  static FileText open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new FileText(channel, GzipMembers.beginIn(channel));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  boolean isCompressed() {
    return compressed;
  }

  long position() {
    return position;
  }

  /** Returns the number of bytes read; −1 at the current end. */
  int read(byte[] into, int from, int length) throws IOException {
    int count = in.read(into, from, length);
    if (count > 0) {
      if (position < first.length) {
        int kept = (int) Math.min(first.length - position, count);
        System.arraycopy(into, from, first, (int) position, kept);
      }
      position += count;
    }
    return count;
  }

  /**
   * Returns a part of the text. Uncompressed text keeps its position; compressed text moves, unless
   * the part is among the first bytes already read.
   *
   * @throws EOFException if the text ends before the part does
   */
  byte[] bytes(long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    if (!compressed) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, from + buffer.position()) < 0) {
          throw new EOFException("text ends before offset " + (from + length));
        }
      }
      return bytes;
    }
    if (from + length <= first.length) {
      seek(Math.max(position, from + length));
      System.arraycopy(first, (int) from, bytes, 0, length);
      return bytes;
    }
    seek(from);
    for (int filled = 0, count = 0; filled < length; filled += count) {
      count = read(bytes, filled, length - filled);
      if (count < 0) {
        throw new EOFException("text ends before offset " + (from + length));
      }
    }
    return bytes;
  }

  /** Returns whether the text extends to an offset; compressed text moves to it. */
  boolean reaches(long offset) throws IOException {
    if (!compressed) {
      return channel.size() >= offset;
    }
    try {
      seek(Math.max(position, offset));
      return true;
    } catch (EOFException e) {
      return false;
    }
  }

  /** Moves to an offset; compressed text moves only forward. */
  void seek(long offset) throws IOException {
    if (!compressed) {
      channel.position(offset);
      position = offset;
      return;
    }
    if (offset < position) {
      throw new IllegalArgumentException(
          "offset [%d] must not be before [%d]".formatted(offset, position));
    }
    byte[] skipped = new byte[(int) Math.min(INFLATER_BYTES, offset - position)];
    while (position < offset) {
      if (read(skipped, 0, (int) Math.min(skipped.length, offset - position)) < 0) {
        throw new EOFException("text ends at offset " + position);
      }
    }
  }

  /** Returns the offset after the last line feed of uncompressed text; 0 if there is none. */
  long lastLineStart() throws IOException {
    byte[] piece = new byte[8 * 1024];
    long end = channel.size();
    while (end > 0) {
      int length = (int) Math.min(piece.length, end);
      seek(end - length);
      in.readNBytes(piece, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (piece[i] == '\n') {
          return end - length + i + 1;
        }
      }
      end -= length;
    }
    return 0;
  }

  /** Returns the length of the text; reads compressed text to its end. */
  long length() throws IOException {
    if (!compressed) {
      return channel.size();
    }
    position += in.transferTo(OutputStream.nullOutputStream());
    return position;
  }

  @Override
  public void close() throws IOException {
    in.close();
    channel.close();
  }
}
