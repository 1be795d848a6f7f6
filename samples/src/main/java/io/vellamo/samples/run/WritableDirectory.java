package io.vellamo.samples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes sure that a directory is there and takes files. */
final class WritableDirectory {
  private WritableDirectory() {}

  /**
   * Creates a directory if it is missing.
   *
   * @param option the option that names it
   * @throws BadInputException if it can't be created or written
   */
  static void require(String option, Path directory) {
    try {
      Files.createDirectories(directory);
      // Permissions alone don't tell: the file system may be read-only or full.
      Files.delete(Files.createTempFile(directory, ".probe", ".tmp"));
    } catch (IOException e) {
      throw refusal(option, e);
    }
  }

  /** Returns the words for a directory that can't be used. */
  static BadInputException refusal(String option, IOException cause) {
    return new BadInputException(
        "%s must be a directory that can be written, found [%s]; name another one, or see to its permissions and free space"
            .formatted(option, cause));
  }
}
