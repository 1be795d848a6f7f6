package io.vellamo.samples.run;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A small file of names and values.
 *
 * @param path its path
 */
record PropertiesFile(Path path) {
  /** Returns the values by name; empty if there is no file. */
  Optional<SortedMap<String, String>> read() throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    }
    SortedMap<String, String> values = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return Optional.of(values);
  }

  /** Writes the file atomically. */
  void write(Map<String, String> values) throws IOException {
    Properties properties = new Properties();
    properties.putAll(values);
    Path temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
    try (Writer writer = Files.newBufferedWriter(temporary)) {
      properties.store(writer, null);
    }
    Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
