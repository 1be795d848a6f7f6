package io.vellamo.starter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainApplicationTest {
  @TempDir private Path directory;

  @Test
  void application_withoutConfiguration_keepsItsStateBelowOneDirectory() throws Exception {
    Path words = Files.createDirectory(directory.resolve("words"));
    Files.writeString(words.resolve("1.jsonl"), "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    run();
    Files.writeString(words.resolve("2.jsonl"), "{\"text\":\"a\"}\n");
    run();

    assertThat(rows())
        .containsExactlyInAnyOrder(
            "{\"text\":\"a\",\"count\":1}",
            "{\"text\":\"b\",\"count\":1}",
            "{\"text\":\"a\",\"count\":2}");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder("words", "counts", "vellamo-data");
    }
  }

  /** In a process of its own, for the working directory. */
  private void run() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PlainApplication.class.getName())
            .directory(directory.toFile())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("counts"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.readAllLines(file).stream().filter(line -> line.startsWith("{")).forEach(rows::add);
      }
    }
    return rows;
  }
}
