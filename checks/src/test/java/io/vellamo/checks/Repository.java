package io.vellamo.checks;

import java.nio.file.Path;

/** Where the project is, seen from this module, in which Maven runs its tests. */
public final class Repository {
  private Repository() {}

  public static Path root() {
    return Path.of("").toAbsolutePath().resolveSibling("").normalize();
  }
}
