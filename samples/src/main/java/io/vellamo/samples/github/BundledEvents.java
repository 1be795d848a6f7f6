package io.vellamo.samples.github;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Ten thousand public events of GitHub of 1 January 2018, 11:00 to 11:22, about 4 % of them out of
 * order by up to 19 minutes.
 *
 * <p>They are part of Apache Pinot's quick start and are read from its jar on the class path.
 */
public final class BundledEvents {
  private static final String RESOURCE =
      "/examples/batch/githubEvents/rawdata/githubEvents_data.json";
  private static final String FILE_NAME = "github-events.jsonl";

  private BundledEvents() {}

  /**
   * Returns the events as a file, which the first call writes.
   *
   * <p><b>Failure</b> The file appears only when it is complete; the next call repeats an
   * interrupted copy.
   *
   * @param directory the directory of the file; must exist
   * @return the file
   * @throws IOException if it can't be written
   */
  public static Path in(Path directory) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    if (Files.exists(file)) {
      return file;
    }
    Path temporary = directory.resolve("." + FILE_NAME + ".tmp");
    try (InputStream events = BundledEvents.class.getResourceAsStream(RESOURCE)) {
      if (events == null) {
        throw new IOException(
            "Resource [%s] must be on the class path; add pinot-tools".formatted(RESOURCE));
      }
      Files.copy(events, temporary, StandardCopyOption.REPLACE_EXISTING);
      return Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
