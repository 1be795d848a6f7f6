package io.vellamo.journal.store;

import java.nio.file.Path;

/**
 * The refusal of a change after the directory of an open store, or a file in it, was deleted, moved
 * or replaced: writes would go to files that can no longer be found by name.
 *
 * @since 0.1
 */
public final class DirectoryLostException extends JournalStoreException {

  private static final long serialVersionUID = 1L;

  /** The directory or file that changed. */
  private final String path;

  DirectoryLostException(Path directory, Path path, String found) {
    super(
        String.format(
            "Journal directory [%s] must stay as it is while it is open, found [%s] %s; put it back,"
                + " or stop this process and restore the directory from a backup",
            directory, path, found));
    this.path = path.toString();
  }

  /**
   * Returns the directory or file that was deleted, moved or replaced.
   *
   * @return its path
   */
  public Path path() {
    return Path.of(path);
  }
}
