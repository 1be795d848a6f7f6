package io.vellamo.connectors.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a source: one file, or the files of a folder with the format's extensions. */
record InputFiles(TextFormat format, Path path) {
  boolean exist() {
    return Files.isRegularFile(path) || Files.isDirectory(path);
  }

  /** Returns the files to be read, by name. */
  NavigableMap<String, InputFile> list() throws IOException {
    NavigableMap<String, InputFile> files = new TreeMap<>();
    if (!Files.isDirectory(path)) {
      put(path, files);
      return files;
    }
    for (Path child : children(path)) {
      if (format.matches(FileNames.of(child))) {
        put(child, files);
      }
    }
    return files;
  }

  /**
   * Returns all files of the folder regardless of their names, since a file may have been renamed.
   */
  NavigableMap<String, InputFile> listAll() throws IOException {
    NavigableMap<String, InputFile> files = new TreeMap<>();
    Path parent = path.toAbsolutePath().getParent();
    Path folder = Files.isDirectory(path) || parent == null ? path : parent;
    for (Path child : children(folder)) {
      put(child, files);
    }
    return files;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void put(Path path, NavigableMap<String, InputFile> files) throws IOException {
    @Nullable InputFile file = InputFile.at(path);
    if (file != null) {
      files.put(file.name(), file);
    }
  }
}
