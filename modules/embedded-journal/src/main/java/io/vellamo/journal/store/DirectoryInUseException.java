package io.vellamo.journal.store;

import java.nio.file.Path;

/**
 * Refusal to open a directory that another store holds open.
 *
 * @since 0.1
 */
public final class DirectoryInUseException extends JournalStoreException {

  private static final long serialVersionUID = 1L;

  /** The directory that was asked for. */
  private final String directory;

  /** Who holds the directory. */
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
   * Returns the directory that was asked for.
   *
   * @return the directory
   */
  public Path directory() {
    return Path.of(directory);
  }

  /**
   * Returns who holds the directory.
   *
   * @return process id and start of the process, in words
   */
  public String holder() {
    return holder;
  }
}
