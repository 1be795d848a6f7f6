package io.vellamo.connectors.file;

import java.io.IOException;
import java.util.Arrays;

/**
 * A scanner that splits text into entries without copying them: the current one is in {@link
 * #buffer}.
 *
 * <p>An entry longer than the limit ends at its first line end, even within quotes: an unclosed
 * quote affects its own line, not the rest of the file.
 */
final class EntryScanner {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final FileText text;
  private final EntryEnd entryEnd;
  private final int maxBytes;
  private byte[] buffer = new byte[BUFFER_BYTES];
  // Bytes that are read but not yet split are [next, filled) of the buffer.
  private int next;
  private int filled;
  // The current entry, without its line end, is [from, to) of the buffer.
  private int from;
  private int to;
  private long offset;
  private boolean terminated;
  private boolean tooLong;

  EntryScanner(FileText text, EntryEnd entryEnd, int maxBytes) {
    this.text = text;
    this.entryEnd = entryEnd;
    this.maxBytes = maxBytes;
  }

  /** Returns the offset after the current entry and its line end. */
  long position() {
    return text.position() - (filled - next);
  }

  /** Moves to the start of an entry; in compressed text, not to one before {@link #position}. */
  void seek(long target) throws IOException {
    long ahead = target - position();
    if (ahead >= 0 && ahead <= filled - next) {
      next += (int) ahead;
    } else {
      text.seek(target);
      next = 0;
      filled = 0;
    }
  }

  /** Moves to the next entry; returns false at the current end of the text. */
  boolean next() throws IOException {
    entryEnd.reset();
    offset = position();
    int mark = offset == 0 ? byteOrderMark() : 0;
    int scanned = mark;
    int end = -1;
    while (end < 0) {
      end = entryEnd.find(buffer, next + scanned, filled);
      scanned = filled - next;
      if (end < 0 && scanned - mark > maxBytes) {
        return cutTooLong();
      }
      if (end < 0 && !fill()) {
        return scanned > 0 && cutLast(mark);
      }
    }
    return end - next - mark > maxBytes ? cutTooLong() : cut(mark, end);
  }

  byte[] buffer() {
    return buffer;
  }

  int from() {
    return from;
  }

  int length() {
    return to - from;
  }

  /** Returns the offset of the current entry. */
  long offset() {
    return offset;
  }

  /** Returns whether the current entry has its line end, so that it can't grow. */
  boolean isTerminated() {
    return terminated;
  }

  /**
   * Returns whether the current entry is longer than the limit; its bytes are then not available.
   */
  boolean isTooLong() {
    return tooLong;
  }

  boolean isBlank() {
    if (tooLong) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (buffer[i] > ' ' || buffer[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the length of the byte order mark that some editors write before UTF-8 text; 0 if there
   * is none.
   */
  private int byteOrderMark() throws IOException {
    boolean more = true;
    while (more && filled - next < 3) {
      more = fill();
    }
    boolean marked =
        filled - next >= 3
            && buffer[next] == (byte) 0xef
            && buffer[next + 1] == (byte) 0xbb
            && buffer[next + 2] == (byte) 0xbf;
    return marked ? 3 : 0;
  }

  private boolean cut(int mark, int end) {
    from = next + mark;
    to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    next = Math.min(end + 1, filled);
    terminated = true;
    tooLong = false;
    return true;
  }

  /**
   * Splits off an entry without end: the last line, or the first line of a quote that is still
   * open.
   */
  private boolean cutLast(int mark) {
    int lineEnd = entryEnd.isQuoteOpen() ? lineEndIn(next + mark) : -1;
    cut(mark, lineEnd < 0 ? filled : lineEnd);
    terminated = entryEnd.isAtEnd();
    return true;
  }

  private boolean cutTooLong() throws IOException {
    int lineEnd = lineEndIn(next);
    boolean more = true;
    while (lineEnd < 0 && more) {
      next = filled;
      more = fill();
      lineEnd = lineEndIn(next);
    }
    terminated = lineEnd >= 0;
    next = terminated ? lineEnd + 1 : filled;
    from = next;
    to = next;
    tooLong = true;
    return true;
  }

  /** Returns the index of the first line end, even within quotes. */
  private int lineEndIn(int begin) {
    return entryEnd.firstLineEnd(buffer, begin, filled);
  }

  /** Reads more bytes after those not yet split; returns false at the current end of the text. */
  private boolean fill() throws IOException {
    if (next > 0 && (next == filled || filled == buffer.length)) {
      System.arraycopy(buffer, next, buffer, 0, filled - next);
      filled -= next;
      next = 0;
    }
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int count = text.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, count);
    return count >= 0;
  }
}
