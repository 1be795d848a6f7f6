package io.vellamo.samples.github;

import io.vellamo.samples.run.BundledFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Ten thousand public events of GitHub of 1 January 2018, 11:00 to 11:22, about 4 % of them out of
 * order by up to 19 minutes.
 */
public final class BundledEvents {
  static final BundledFile FILE =
      new BundledFile(
          "/examples/batch/githubEvents/rawdata/githubEvents_data.json", "github-events.jsonl");

  private BundledEvents() {}

  /**
   * Returns the events as a file, which the first call writes.
   *
   * @param directory the directory of the file; must exist
   * @return the file
   * @throws IOException if it can't be written
   */
  public static Path in(Path directory) throws IOException {
    return FILE.in(directory);
  }
}
