package io.vellamo.connectors.file;

/**
 * The reaction to a file that no longer holds the text a query has read from it.
 *
 * @since 0.1
 */
public enum WhenReplaced {
  /** The query fails, and the message names the file and the possible remedies. The default. */
  FAIL,

  /** The file is read from its start, as a new file. Unread lines of the former text are lost. */
  READ_FROM_START
}
