package io.vellamo.connectors.file;

/** A search for the line end of an entry in successive pieces of text. */
interface EntryEnd {
  /** Resets the search: the next piece begins an entry. */
  void reset();

  /**
   * Returns the end of the entry.
   *
   * @return the index of the last byte of the line end; −1 if it is not in the piece {@code [from,
   *     to)}
   */
  int find(byte[] bytes, int from, int to);

  /** Returns whether the pieces seen so far end within quotes. */
  boolean isQuoteOpen();

  /** Returns whether the pieces seen so far end in a line end that may still have a second byte. */
  boolean isAtEnd();

  /**
   * Returns the index of the first line end in a piece, regardless of earlier pieces; −1 if there
   * is none.
   */
  int firstLineEnd(byte[] bytes, int from, int to);
}
