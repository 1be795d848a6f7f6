package io.vellamo.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a compiler does not see of source files: their length, and the page of each package. */
final class SourceFilesTest {
  private static final int MAX_LINES = 600;
  private static final int MAX_TEST_LINES = 800;

  @Test
  void files_areShort() throws IOException {
    for (Path file : javaFiles()) {
      int limit = file.toString().contains("/src/test/") ? MAX_TEST_LINES : MAX_LINES;

      assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(limit);
    }
  }

  @Test
  void packages_haveANullMarkedPage() throws IOException {
    for (Path file : javaFiles()) {
      if (file.toString().contains("/src/main/")) {
        Path page = file.resolveSibling("package-info.java");

        assertThat(page).exists();
        assertThat(Files.readString(page)).as(page.toString()).contains("@NullMarked");
      }
    }
  }

  private static List<Path> javaFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Repository.root())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }
}
