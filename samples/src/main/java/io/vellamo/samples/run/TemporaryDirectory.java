package io.vellamo.samples.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that is deleted, with everything in it, when it is closed. */
public final class TemporaryDirectory implements AutoCloseable {
  private final Path path;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  /**
   * Creates an empty directory among the system's temporary files.
   *
   * @return the directory
   * @throws IOException if it can't be created
   */
  public static TemporaryDirectory create() throws IOException {
    return in(
        Path.of(System.getProperty("java.io.tmpdir")),
        "vellamo-sample-" + ProcessHandle.current().pid() + "-");
  }

  /**
   * Creates an empty directory in another one.
   *
   * @param parent the other one
   * @param prefix the beginning of its name
   * @return the directory
   * @throws IOException if it can't be created
   */
  public static TemporaryDirectory in(Path parent, String prefix) throws IOException {
    return new TemporaryDirectory(Files.createTempDirectory(parent, prefix));
  }

  /** Returns the directory. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(path)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
