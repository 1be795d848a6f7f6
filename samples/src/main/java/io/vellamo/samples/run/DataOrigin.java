package io.vellamo.samples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The options that a data directory was made with, stored in it. */
final class DataOrigin {
  private final SampleSettings settings;
  private final PropertiesFile file;

  DataOrigin(SampleSettings settings) {
    this.settings = settings;
    this.file = new PropertiesFile(settings.data().resolve("sample.properties"));
  }

  /**
   * Checks that a run has the options that the directory was made with; the first run stores its
   * options.
   *
   * @throws BadInputException if an option differs, or if the first run would mix its results with
   *     those of another
   */
  void require(Map<String, String> wanted) throws IOException {
    SortedMap<String, String> known = file.read().orElseGet(TreeMap::new);
    if (known.isEmpty()) {
      requireNoResults();
      file.write(wanted);
      return;
    }
    for (Map.Entry<String, String> option : wanted.entrySet()) {
      String before = known.getOrDefault(option.getKey(), "");
      if (!before.equals(option.getValue())) {
        throw new BadInputException(
            "%s must be [%s], as when --data [%s] was made, was [%s]; use that again, or name another --data and --out"
                .formatted(option.getKey(), before, settings.data(), option.getValue()));
      }
    }
  }

  private void requireNoResults() throws IOException {
    try (Stream<Path> files = Files.list(settings.out())) {
      long results = files.filter(path -> path.toString().endsWith(".jsonl")).count();
      if (results > 0) {
        throw new BadInputException(
            "--out must hold no results of another --data, found [%d] files in [%s]; delete them, or name another directory"
                .formatted(results, settings.out()));
      }
    }
  }
}
