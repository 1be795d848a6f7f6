package io.vellamo.checks;

import java.nio.file.Path;

/** Where the project is, seen from this module, in which Maven runs its tests. */
final class Repository {
  private Repository() {}

  static Path root() {
    return Path.of("").toAbsolutePath().resolveSibling("").normalize();
  }
}
