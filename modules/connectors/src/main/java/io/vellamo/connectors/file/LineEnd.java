package io.vellamo.connectors.file;

/** The end of an entry that is a line: a line feed. */
final class LineEnd implements EntryEnd {
  @Override
  public void reset() {}

  @Override
  public int find(byte[] bytes, int from, int to) {
    return firstLineEnd(bytes, from, to);
  }

  @Override
  public boolean isQuoteOpen() {
    return false;
  }

  @Override
  public boolean isAtEnd() {
    return false;
  }

  @Override
  public int firstLineEnd(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
