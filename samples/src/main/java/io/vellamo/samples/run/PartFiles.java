package io.vellamo.samples.run;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A reader of the files that a query's sink wrote. */
public final class PartFiles {
  private PartFiles() {}

  /**
   * Returns the rows of all epochs.
   *
   * @param directory the sink's directory
   * @param rowClass their class
   * @param <U> the rows
   * @return the rows, epoch by epoch
   * @throws IOException if they can't be read
   */
  public static <U> List<U> read(Path directory, Class<U> rowClass) throws IOException {
    ObjectReader reader =
        JsonMapper.builder().addModule(new JavaTimeModule()).build().readerFor(rowClass);
    List<U> rows = new ArrayList<>();
    for (Path file : parts(directory)) {
      try (MappingIterator<U> values = reader.readValues(file.toFile())) {
        values.forEachRemaining(rows::add);
      }
    }
    return rows;
  }

  private static List<Path> parts(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> isPart(file.getFileName().toString())).sorted().toList();
    }
  }

  private static boolean isPart(String name) {
    return name.endsWith(".jsonl") && !name.startsWith(".");
  }
}
