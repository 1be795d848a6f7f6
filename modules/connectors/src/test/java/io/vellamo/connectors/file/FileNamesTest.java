package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileNamesTest {
  @TempDir Path folder;

  @Test
  void name_isThatOfThePath() {
    for (String name : List.of("a.jsonl", "a b%20c#2?.jsonl", "100%", ".x", "+&;=@:")) {
      assertThat(FileNames.of(folder.resolve(name))).isEqualTo(name);
    }
    assertThat(FileNames.of(folder)).isEqualTo(folder.getFileName().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
  @EnabledOnOs(OS.LINUX)
  void names_areTheSameInEveryEncodingOfTheJvm(String locale) throws Exception {
    // Two names in Latin-1 that a JVM decodes to the same text, and one in UTF-8.
    write("caf\\351", 1);
    write("caf\\350", 2);
    write("w\\303\\266rd", 3);

    List<String> printed = run(locale);

    assumeTrue(!printed.get(0).equals("UTF-8") || locale.equals("C.UTF-8"), "no such locale");
    assertThat(printed.subList(1, printed.size()))
        .containsExactly("2", "1", "3", "more: 0", "caf%E8.jsonl", "caf%E9.jsonl", "wörd.jsonl");
  }

  private void write(String octal, int number) throws Exception {
    String command =
        "printf '{\"text\":\"%d\"}\\n' > \"$(printf '%s').jsonl\"".formatted(number, octal);
    Process shell =
        new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).inheritIO().start();
    assertThat(shell.waitFor()).isZero();
  }

  private List<String> run(String locale) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    File out = Files.createTempFile(folder.getParent(), "names", ".txt").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(
            java, "-cp", classPath, FileNamesProgram.class.getName(), folder.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().put("LC_ALL", locale);
    Process process = builder.redirectErrorStream(true).redirectOutput(out).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    List<String> printed = Files.readAllLines(out.toPath(), UTF_8);
    Files.delete(out.toPath());
    return printed;
  }
}
