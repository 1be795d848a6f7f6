package io.vellamo.connectors.file;

/** Finds the line feed that ends an entry, piece by piece. */
interface EntryEnd {
  /** Forgets what has been seen: the next piece begins an entry. */
  void reset();

  /**
   * Returns where the entry ends.
   *
   * @return the index of the line feed; −1 if it is not in the piece {@code [from, to)}
   */
  int find(byte[] bytes, int from, int to);

  /** Returns whether the pieces seen so far end within quotes. */
  boolean isQuoteOpen();
}
