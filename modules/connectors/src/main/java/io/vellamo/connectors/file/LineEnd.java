package io.vellamo.connectors.file;

/** An entry is a line. */
final class LineEnd implements EntryEnd {
  @Override
  public void reset() {}

  @Override
  public int find(byte[] bytes, int from, int to) {
    return indexOf(bytes, from, to);
  }

  @Override
  public boolean isQuoteOpen() {
    return false;
  }

  static int indexOf(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
