package io.vellamo.connectors.file;

/** Finds the line end of an entry, piece by piece. */
interface EntryEnd {
  /** Forgets what has been seen: the next piece begins an entry. */
  void reset();

  /**
   * Returns where the entry ends.
   *
   * @return the index of the last byte of the line end; −1 if it is not in the piece {@code [from,
   *     to)}
   */
  int find(byte[] bytes, int from, int to);

  /** Returns whether the pieces seen so far end within quotes. */
  boolean isQuoteOpen();

  /** Returns whether the pieces seen so far end in a line end that may still have a second byte. */
  boolean isAtEnd();

  /** Returns the index of the first line end in a piece, whatever was seen before; −1 if none. */
  int firstLineEnd(byte[] bytes, int from, int to);
}
