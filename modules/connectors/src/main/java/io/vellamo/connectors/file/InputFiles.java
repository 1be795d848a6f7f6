package io.vellamo.connectors.file;

import io.vellamo.api.source.SourcePartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a source: one file, or those of a folder that have the format's names. */
record InputFiles(TextFormat format, Path path) {
  boolean exist() {
    return Files.isRegularFile(path) || Files.isDirectory(path);
  }

  SortedMap<SourcePartition, Path> list() throws IOException {
    SortedMap<SourcePartition, Path> files = new TreeMap<>();
    if (!Files.isDirectory(path)) {
      files.put(partition(path), path);
      return files;
    }
    try (Stream<Path> children = Files.list(path)) {
      children
          .filter(file -> format.matches(file.getFileName().toString()))
          .filter(Files::isRegularFile)
          .forEach(file -> files.put(partition(file), file));
    }
    return files;
  }

  Path file(SourcePartition partition) {
    return Files.isDirectory(path) ? path.resolve(partition.name()) : path;
  }

  private static SourcePartition partition(Path file) {
    return new SourcePartition(file.getFileName().toString());
  }
}
