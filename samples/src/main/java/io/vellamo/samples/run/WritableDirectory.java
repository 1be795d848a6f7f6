package io.vellamo.samples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The requirement that a directory exists and can be written. */
public final class WritableDirectory {
  private WritableDirectory() {}

  /**
   * Creates a directory if it is missing, and checks that it can be written.
   *
   * @param option the option that names it
   * @param directory the directory
   * @throws BadInputException if it can't be created or written
   */
  public static void require(String option, Path directory) {
    try {
      Files.createDirectories(directory);
      // Permissions are not enough: the file system may be read-only or full.
      Files.delete(Files.createTempFile(directory, ".probe", ".tmp"));
    } catch (IOException e) {
      throw refusal(option, e);
    }
  }

  /** Returns the exception for a directory that can't be used. */
  static BadInputException refusal(String option, IOException cause) {
    return new BadInputException(
        "%s must be a directory that can be written, found [%s]; name another one, or see to its permissions and free space"
            .formatted(option, cause));
  }
}
