package io.vellamo.connectors.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The text of a file as bytes, inflated if the file begins like a gzip file. */
final class FileText implements Closeable {
  private static final int INFLATER_BYTES = 64 * 1024;

  private final FileChannel channel;
  private final InputStream in;
  private final boolean compressed;
  private long position;

  private FileText(FileChannel channel, boolean compressed) {
    this.channel = channel;
    this.compressed = compressed;
    this.in =
        compressed
            ? new GzipMembers(channel, INFLATER_BYTES)
            : Channels.newInputStream(channel);
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

  /** Returns how many bytes were read; −1 at the present end. */
  int read(byte[] into, int from, int length) throws IOException {
    int count = in.read(into, from, length);
    position += Math.max(0, count);
    return count;
  }

  /** Moves; compressed text only forward. */
  void seek(long offset) throws IOException {
    if (compressed) {
      in.skipNBytes(offset - position);
    } else {
      channel.position(offset);
    }
    position = offset;
  }

  /** Returns where the last line of uncompressed text begins. */
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

  /** Returns the length of the text, which for compressed text means to read the rest of it. */
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
