package io.vellamo.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.SplittableRandom;

/** The input file of the file benchmark; the same numbers give the same events on any machine. */
final class ClickFile {
  private static final long SEED = 42;
  private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");

  private ClickFile() {}

  /** Returns a file of JSON Lines, and creates it if it is missing. */
  static Path of(Path directory, int events, int keys) throws IOException {
    Path file = directory.resolve("clicks-" + events + "-" + keys + ".jsonl");
    if (Files.exists(file)) {
      return file;
    }
    Files.createDirectories(directory);
    Path unfinished = directory.resolve(file.getFileName() + ".tmp");
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(unfinished, StandardCharsets.US_ASCII))) {
      SplittableRandom random = new SplittableRandom(SEED);
      for (int i = 0; i < events; i++) {
        out.printf(
            "{\"key\":%d,\"time\":\"%s\",\"value\":%d}%n",
            random.nextInt(keys), FIRST.plusMillis(i), random.nextInt(1000));
      }
    }
    return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
