package io.vellamo.connectors.file;

/** An entry ends at the first line feed outside quotes; a quote opens only where a field begins. */
final class CsvEntryEnd implements EntryEnd {
  private static final int FIELD_START = 0;
  private static final int UNQUOTED = 1;
  private static final int QUOTED = 2;
  private static final int QUOTE_IN_QUOTED = 3;

  private int state;

  @Override
  public void reset() {
    state = FIELD_START;
  }

  @Override
  public int find(byte[] bytes, int from, int to) {
    int current = state;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (current == QUOTED) {
        current = b == '"' ? QUOTE_IN_QUOTED : QUOTED;
      } else if (b == '\n') {
        return i;
      } else if (b == ',') {
        current = FIELD_START;
      } else if (b == '"' && current != UNQUOTED) {
        current = QUOTED;
      } else {
        current = UNQUOTED;
      }
    }
    state = current;
    return -1;
  }

  @Override
  public boolean isQuoteOpen() {
    return state == QUOTED;
  }
}
