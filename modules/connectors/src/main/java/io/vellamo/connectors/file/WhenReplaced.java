package io.vellamo.connectors.file;

/**
 * The reaction to a file whose text is no longer the text that a query has read of it.
 *
 * @since 0.1
 */
public enum WhenReplaced {
  /** The query fails, and the message names the file and the ways out. The default. */
  FAIL,

  /**
   * The file is read from its start, as a new file. Lines of the former text that had not been read
   * are lost.
   */
  READ_FROM_START
}
