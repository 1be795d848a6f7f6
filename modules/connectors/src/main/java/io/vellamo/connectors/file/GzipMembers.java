package io.vellamo.connectors.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The text of a gzip file, member by member, as specified in RFC 1952. Zero bytes after the last
 * member are padding, as in {@code gzip(1)}.
 *
 * <p>{@code GZIPInputStream} is not used: it treats arbitrary bytes after a member, or a next
 * member with a truncated header, as the end of the text.
 */
final class GzipMembers extends InputStream {
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final FileChannel channel;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final ByteBuffer stored;
  // The start of the current member, or of the padding after the last one.
  private long memberStart;
  private boolean withinMember;
  private boolean padded;

  GzipMembers(FileChannel channel, int bufferBytes) {
    this.channel = channel;
    this.stored = ByteBuffer.allocate(bufferBytes).flip();
  }

  /** Returns whether a file begins with the gzip magic number, or consists of its first byte. */
  static boolean beginIn(FileChannel channel) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(2);
    int count = channel.read(magic, 0);
    return count >= 1 && magic.get(0) == MAGIC_1 && (count == 1 || magic.get(1) == (byte) MAGIC_2);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (withinMember || beginMember()) {
      int count = inflate(into, from, length);
      if (count > 0) {
        checksum.update(into, from, count);
        return count;
      }
      endMember();
    }
    return -1;
  }

  private int inflate(byte[] into, int from, int length) throws IOException {
    try {
      int count = inflater.inflate(into, from, length);
      while (count == 0 && !inflater.finished()) {
        if (inflater.needsDictionary()) {
          throw new ZipException("a preset dictionary is needed");
        }
        if (!fill()) {
          throw cut();
        }
        inflater.setInput(stored);
        count = inflater.inflate(into, from, length);
      }
      return count;
    } catch (DataFormatException e) {
      ZipException damaged = new ZipException("deflated data of the member can't be inflated");
      damaged.initCause(e);
      throw damaged;
    }
  }

  /** Reads a member's header; returns false at the current end of the file. */
  private boolean beginMember() throws IOException {
    skipPadding();
    if (!stored.hasRemaining()) {
      return false;
    }
    if (next() != MAGIC_1 || next() != MAGIC_2) {
      throw trailing();
    }
    if (next() != DEFLATE) {
      throw new ZipException("the method of the member is not deflate");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw new ZipException("the header of the member has reserved flags");
    }
    skip(6); // time, extra flags, operating system
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    for (int part : new int[] {NAME, COMMENT}) {
      while ((flags & part) != 0 && next() != 0) {}
    }
    skip((flags & HEADER_CHECKSUM) == 0 ? 0 : 2);
    inflater.reset();
    inflater.setInput(stored);
    checksum.reset();
    withinMember = true;
    return true;
  }

  private void endMember() throws IOException {
    long sum = 0;
    long length = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      sum |= (long) next() << shift;
    }
    for (int shift = 0; shift < 32; shift += 8) {
      length |= (long) next() << shift;
    }
    if (sum != checksum.getValue() || length != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("the checksum or the length of the member is wrong");
    }
    withinMember = false;
    memberStart = position();
  }

  /** Skips zero bytes between the last member and the end of the file. */
  private void skipPadding() throws IOException {
    boolean more = true;
    while (more && (stored.hasRemaining() || fill())) {
      more = stored.get(stored.position()) == 0 && position() > 0;
      if (more) {
        stored.get();
        padded = true;
      }
    }
    if (padded && stored.hasRemaining()) {
      throw trailing();
    }
  }

  private ZipException trailing() throws IOException {
    return new TrailingDataException(memberStart, channel.size() - memberStart);
  }

  private EOFException cut() {
    return new EOFException("the gzip member that begins at byte " + memberStart + " is cut");
  }

  private long position() throws IOException {
    return channel.position() - stored.remaining();
  }

  private int next() throws IOException {
    if (!stored.hasRemaining() && !fill()) {
      throw cut();
    }
    return stored.get() & 0xff;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  /** Refills the empty buffer; returns false at the current end of the file. */
  private boolean fill() throws IOException {
    stored.clear();
    int count = channel.read(stored);
    stored.flip();
    return count > 0;
  }

  @Override
  public void close() {
    inflater.end();
  }

  /** An exception for bytes after the last member that are neither a member nor padding. */
  static final class TrailingDataException extends ZipException {
    private static final long serialVersionUID = 1L;

    private final long end;
    private final long bytes;

    TrailingDataException(long end, long bytes) {
      super("the gzip stream ends at byte " + end + ", and " + bytes + " bytes follow");
      this.end = end;
      this.bytes = bytes;
    }

    /** Returns the position in the file at which the gzip stream ends. */
    long end() {
      return end;
    }

    /** Returns the number of bytes that follow. */
    long bytes() {
      return bytes;
    }
  }
}
