package io.vellamo.checks.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vellamo.checks.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs start wherever the repository is, and show what Maven does meanwhile. */
@Timeout(300)
final class ProgramsTest {
  @TempDir private Path directory;

  /** The end of a run. */
  private record Outcome(int exitCode, String out, String err) {}

  @BeforeEach
  void needModulesThatArePackaged() {
    assumeTrue(Files.isDirectory(Repository.root().resolve("samples/target/lib")));
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")));
  }

  /** Or JUnit warns that they lead out of the directory. */
  @AfterEach
  void deleteLinks() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "with spaces", "a:b c:d", "back\\slash:$HOME"})
  void sample_belowAnyDirectory_starts(String name) throws Exception {
    Path root = copyOfTheRepository(name, "samples");

    assertThat(run(root, "sample"))
        .satisfies(
            outcome -> assertThat(outcome.out()).contains("github-sessions", "github-alerts"))
        .extracting(Outcome::exitCode, Outcome::err)
        .containsExactly(0, "");
  }

  @Test
  void vellamo_belowADirectoryWithAColon_starts() throws Exception {
    Path root = copyOfTheRepository("a:b", "cli");

    assertThat(run(root, "vellamo", "--help"))
        .satisfies(outcome -> assertThat(outcome.out()).contains("journal"))
        .extracting(Outcome::exitCode, Outcome::err)
        .containsExactly(0, "");
  }

  @Test
  void build_showsEachModule_andHowMuchWasDownloaded() throws Exception {
    Path root = copyOfTheRepository("building", "samples");
    Files.delete(root.resolve("samples/target/built"));
    maven(
        "for i in $(seq 250); do echo Downloaded from central: file $i; done",
        "echo '[INFO] Building Vellamo API 0.1.0-SNAPSHOT                  [2/10]'",
        "ln -s '%s' samples/target/lib".formatted(Repository.root().resolve("samples/target/lib")));

    Outcome first = run(root, "sample");
    Outcome second = run(root, "sample");

    assertThat(first.err())
        .contains("Building the samples")
        .contains("100 files downloaded", "200 files downloaded")
        .contains("Vellamo API 0.1.0-SNAPSHOT [2/10]");
    assertThat(first.exitCode()).isZero();
    assertThat(second.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"exit 7", "kill -9 $$"})
  void build_thatFails_showsItsErrorsOnly(String end) throws Exception {
    Path root = copyOfTheRepository("failing", "samples");
    Files.delete(root.resolve("samples/target/built"));
    maven("echo '[INFO] Scanning'", "echo '[ERROR] no such thing'", end);

    Outcome outcome = run(root, "sample");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("[ERROR] no such thing").doesNotContain("Scanning");
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void sampleWithServers_isBuiltByItself_andOnlyIfItIsToRun() throws Exception {
    Path root = copyOfTheRepository("servers", "samples");
    // The arguments from -f on.
    maven("echo \"[ERROR] asked for $4\"", "exit 1");

    assertThat(run(root, "sample"))
        .satisfies(outcome -> assertThat(outcome.out()).contains("trips", "cluster"))
        .extracting(Outcome::exitCode, Outcome::err)
        .containsExactly(0, "");
    assertThat(run(root, "sample", "trips").err()).contains("[ERROR] asked for samples/trips");
    assertThat(run(root, "sample", "cluster").err()).contains("[ERROR] asked for samples/cluster");
  }

  /** Copies the programs, with links to what has been built. */
  private Path copyOfTheRepository(String name, String module) throws IOException {
    Path root = Files.createDirectories(directory.resolve(name).resolve("vellamo"));
    Path bin = Files.createDirectory(root.resolve("bin"));
    try (Stream<Path> files = Files.list(Repository.root().resolve("bin"))) {
      for (Path file : files.toList()) {
        Files.copy(file, bin.resolve(file.getFileName()));
      }
    }
    Files.createFile(root.resolve("pom.xml"));
    for (String source :
        List.of(
            "bom", "api", "engine", "persistence", "replay", "embedded-journal", "connectors")) {
      emptyModule(root.resolve("modules").resolve(source));
    }
    emptyModule(root.resolve("samples"));
    emptyModule(root.resolve("cli"));
    Path target = Files.createDirectory(root.resolve(module).resolve("target"));
    Path built = Repository.root().resolve(module).resolve("target");
    Files.createSymbolicLink(target.resolve("classes"), built.resolve("classes"));
    Files.createSymbolicLink(target.resolve("lib"), built.resolve("lib"));
    Files.createFile(target.resolve("built"));
    return root;
  }

  private static void emptyModule(Path module) throws IOException {
    Files.createDirectories(module.resolve("src/main"));
    Files.createFile(module.resolve("pom.xml"));
  }

  /** Puts a program in Maven's place. */
  private void maven(String... lines) throws IOException {
    Path maven = Files.createDirectories(directory.resolve("path")).resolve("mvn");
    // Run in the repository, which is the directory of the file after -f.
    Files.writeString(
        maven,
        "#!/usr/bin/env bash\nwhile [[ $1 != -f ]]; do shift; done\ncd \"$(dirname \"$2\")\"\n"
            + String.join("\n", lines)
            + "\n");
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  private Outcome run(Path root, String program, String... arguments) throws Exception {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    List<String> command =
        Stream.concat(
                Stream.of(root.resolve("bin").resolve(program).toString()), Stream.of(arguments))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    builder.environment().merge("PATH", "", (path, none) -> directory.resolve("path") + ":" + path);
    int exitCode = builder.start().waitFor();
    return new Outcome(exitCode, Files.readString(out), Files.readString(err));
  }
}
