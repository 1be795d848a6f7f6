package io.vellamo.samples.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file of events in Apache Pinot's jar on the class path, which brings the data of its quick
 * starts.
 *
 * @param resource the path in the jar
 * @param name the name of its copy
 */
public record BundledFile(String resource, String name) {
  /**
   * Returns a copy of the file, which the first call writes.
   *
   * <p><b>Failure</b> The copy appears only when it is complete; the next call repeats an
   * interrupted one.
   *
   * @param directory the directory of the copy; must exist
   * @return the copy
   * @throws IOException if it can't be written
   */
  public Path in(Path directory) throws IOException {
    Path file = directory.resolve(name);
    if (Files.exists(file)) {
      return file;
    }
    Path temporary = directory.resolve("." + name + ".tmp");
    try (InputStream events = BundledFile.class.getResourceAsStream(resource)) {
      if (events == null) {
        throw new IOException(
            "Resource [%s] must be on the class path; add pinot-tools".formatted(resource));
      }
      Files.copy(events, temporary, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
