package io.vellamo.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.failure.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages about failures name the user's code, so they must know every module of Vellamo. */
final class UserFramesTest {
  @Test
  void frameOfAnyModule_isNotTheUsers() throws IOException {
    List<String> roots = rootPackages();

    assertThat(roots).contains("io.vellamo.api", "io.vellamo.cli");
    for (String root : roots) {
      IllegalStateException failure = new IllegalStateException();
      failure.setStackTrace(
          new StackTraceElement[] {
            new StackTraceElement(root + ".part.Type", "run", "Type.java", 1),
            new StackTraceElement("com.acme.Rates", "of", "Rates.java", 42)
          });

      assertThat(Failures.thrown(failure)).contains("com.acme.Rates.of(Rates.java:42)");
    }
  }

  private static List<String> rootPackages() throws IOException {
    try (Stream<Path> packages = Files.walk(Repository.root())) {
      return packages
          .filter(Files::isDirectory)
          .filter(
              path ->
                  path.getParent() != null && path.getParent().endsWith("src/main/java/io/vellamo"))
          .filter(path -> path.toString().contains("/modules/") || path.endsWith("cli"))
          .map(path -> "io.vellamo." + path.getFileName())
          .toList();
    }
  }
}
