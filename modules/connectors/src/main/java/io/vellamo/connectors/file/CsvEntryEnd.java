package io.vellamo.connectors.file;

/**
 * The end of a CSV entry: the first line end outside quotes, which is a line feed, a carriage
 * return, or both. A quote opens only at the start of a field.
 */
final class CsvEntryEnd implements EntryEnd {
  private static final int FIELD_START = 0;
  private static final int UNQUOTED = 1;
  private static final int QUOTED = 2;
  private static final int QUOTE_IN_QUOTED = 3;
  private static final int RETURNED = 4;

  // Not equal to any byte.
  private static final int NO_CHARACTER = 0x100;

  private final int delimiter;
  private final int quote;
  private final int escape;
  private int state;
  private boolean escaped;

  CsvEntryEnd(CsvDialect dialect) {
    Character quoteCharacter = dialect.quote();
    Character escapeCharacter = dialect.escape();
    this.delimiter = dialect.delimiter();
    this.quote = quoteCharacter == null ? NO_CHARACTER : quoteCharacter;
    this.escape = escapeCharacter == null ? NO_CHARACTER : escapeCharacter;
  }

  @Override
  public void reset() {
    state = FIELD_START;
    escaped = false;
  }

  @Override
  public int find(byte[] bytes, int from, int to) {
    int current = state;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (current == RETURNED) {
        return b == '\n' ? i : i - 1;
      }
      if (b == '\n' && current != QUOTED && !escaped) {
        return i;
      }
      current = next(current, b);
    }
    state = current;
    return -1;
  }

  private int next(int current, byte b) {
    if (escaped) {
      escaped = false;
      return current;
    }
    if (b == escape) {
      escaped = true;
      return current == QUOTED ? QUOTED : UNQUOTED;
    }
    if (current == QUOTED) {
      return b == quote ? QUOTE_IN_QUOTED : QUOTED;
    }
    if (b == '\r') {
      return RETURNED;
    }
    if (b == delimiter) {
      return FIELD_START;
    }
    return b == quote && current != UNQUOTED ? QUOTED : UNQUOTED;
  }

  @Override
  public boolean isQuoteOpen() {
    return state == QUOTED;
  }

  @Override
  public boolean isAtEnd() {
    return state == RETURNED;
  }

  @Override
  public int firstLineEnd(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        return i;
      }
    }
    return -1;
  }

  boolean isDelimiter(byte b) {
    return b == delimiter;
  }

  /** Returns the number of fields of an entry. */
  int fields(byte[] bytes, int from, int to) {
    int count = 1;
    int delimiterAt = delimiterAfter(bytes, from, to, 1);
    while (delimiterAt >= 0) {
      count++;
      delimiterAt = delimiterAfter(bytes, delimiterAt + 1, to, 1);
    }
    return count;
  }

  /**
   * Returns the index of the delimiter after the given number of fields; −1 if the entry has no
   * more fields.
   */
  int delimiterAfter(byte[] bytes, int from, int to, int fields) {
    reset();
    int left = fields;
    int current = state;
    for (int i = from; i < to; i++) {
      boolean outside = current != QUOTED && !escaped;
      if (outside && bytes[i] == delimiter && --left == 0) {
        return i;
      }
      current = next(current, bytes[i]);
    }
    return -1;
  }
}
