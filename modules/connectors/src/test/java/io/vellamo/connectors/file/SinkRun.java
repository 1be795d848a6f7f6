package io.vellamo.connectors.file;

import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One epoch written by a file sink. */
final class SinkRun {
  static final UUID ID = new UUID(1, 1);

  private SinkRun() {}

  /** Writes rows as epoch 1 and returns their file. */
  static <U> Path write(FileSink<U> sink, List<U> rows) throws Exception {
    try (SinkWriter<U> writer = sink.open(new SinkContext("q", ID, 0))) {
      writer.write(new ListEpochRows<>("q", 1, rows));
    }
    String description = sink.description();
    Path directory =
        Path.of(description.substring(description.indexOf('[') + 1, description.length() - 1));
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .findFirst()
          .orElseThrow();
    }
  }
}
