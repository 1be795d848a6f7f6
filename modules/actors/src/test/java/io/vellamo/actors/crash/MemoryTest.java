package io.vellamo.actors.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries in JVMs with small heaps. */
final class MemoryTest {
  private static final long PATIENCE_SECONDS = 180;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  @Timeout(value = 240, unit = TimeUnit.SECONDS)
  void hundredThousandGroups_fitIn64Megabytes(String hosting) throws Exception {
    assertThat(run("-Xmx64m", hosting, "groups")).as(log()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  @Timeout(value = 240, unit = TimeUnit.SECONDS)
  void functionThatTakesAllMemory_endsItsQueryWithANamedError(String hosting) throws Exception {
    assertThat(run("-Xmx48m", hosting, "hoard")).as(log()).isZero();
    assertThat(log()).contains("Query [hoard] failed").contains("java.lang.OutOfMemoryError");
  }

  private int run(String heap, String hosting, String program) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", heap, "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(MemoryProgram.class.getName());
    command.addAll(List.of(directory.resolve("journal").toString(), hosting, program));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      return -1;
    }
    return process.exitValue();
  }

  private String log() throws Exception {
    Path log = directory.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }
}
