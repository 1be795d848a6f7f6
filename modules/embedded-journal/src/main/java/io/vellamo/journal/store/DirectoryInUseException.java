package io.vellamo.journal.store;

import java.nio.file.Path;

/**
 * The refusal to open a directory that another store has open.
 *
 * @since 0.1
 */
public final class DirectoryInUseException extends JournalStoreException {

  private static final long serialVersionUID = 1L;

  /** The requested directory. */
  private final String directory;

  /** The holder of the directory. */
  private final String holder;

  DirectoryInUseException(Path directory, String holder) {
    super(
        String.format(
            "Journal directory [%s] must be open once, found it in use by [%s];"
                + " stop that one first, or give this one a directory of its own",
            directory, holder));
    this.directory = directory.toString();
    this.holder = holder;
  }

  /**
   * Returns the requested directory.
   *
   * @return the directory
   */
  public Path directory() {
    return Path.of(directory);
  }

  /**
   * Returns the holder of the directory.
   *
   * @return the id and start time of the holding process, as text
   */
  public String holder() {
    return holder;
  }
}
