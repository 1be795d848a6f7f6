package io.vellamo.checks.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vellamo.checks.Repository;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
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

  @Test
  void sample_withItsJar_startsFromAnArchiveThatTheFirstRunMakes() throws Exception {
    Path root = copyWithJar("archive");
    Path java = javaThatTells("echo 0123456789 >classes.jsa");

    Outcome first = run(root, java, "sample", "list");
    Outcome second = run(root, java, "sample", "list");

    assertThat(first.err()).contains("Recording the classes");
    assertThat(first.out().lines()).singleElement(STRING).matches(".*SharedArchiveFile=.*list");
    assertThat(second).isEqualTo(new Outcome(0, first.out(), ""));
    Files.setLastModifiedTime(root.resolve("samples/target/built"), in(Duration.ofMinutes(1)));
    assertThat(run(root, java, "sample", "list")).isEqualTo(first);
  }

  @Test
  void help_isShownWithoutAnArchive() throws Exception {
    Path root = copyWithJar("help");
    Path java = javaThatTells("exit 1");

    for (Outcome outcome :
        List.of(run(root, java, "sample"), run(root, java, "sample", "pager", "--help"))) {
      assertThat(outcome.out()).contains("samples/target/classes:").doesNotContain("Archive");
      assertThat(outcome.err()).isEmpty();
    }
  }

  @Test
  void sample_withClassesNewerThanItsJar_startsFromTheClasses() throws Exception {
    Path root = copyWithJar("newer");
    Files.delete(root.resolve("samples/target/classes"));
    Path compiled = Files.createDirectory(root.resolve("samples/target/classes"));
    Files.setLastModifiedTime(
        Files.createFile(compiled.resolve("New.class")), in(Duration.ofMinutes(1)));

    assertThat(run(root, javaThatTells("exit 1"), "sample", "list"))
        .satisfies(outcome -> assertThat(outcome.out()).contains("samples/target/classes:"))
        .satisfies(outcome -> assertThat(outcome.out()).doesNotContain("Archive"))
        .extracting(Outcome::err)
        .isEqualTo("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 1", "echo 0123456789 >classes.jsa; exit 1", ""})
  void sample_whoseArchiveIsNotMade_startsFromTheClasses_andTriesNoMore(String recording)
      throws Exception {
    Path root = copyWithJar("none");
    Path java = javaThatTells(recording);

    Outcome first = run(root, java, "sample", "list");

    assertThat(first.out()).contains("samples/target/classes:").doesNotContain("Archive");
    assertThat(first.exitCode()).isZero();
    assertThat(run(root, java, "sample", "list")).isEqualTo(new Outcome(0, first.out(), ""));
  }

  @Test
  void sample_interruptedWhileItsArchiveIsMade_doesNotStart() throws Exception {
    Path root = copyWithJar("interrupted");

    Outcome outcome = run(root, javaThatTells("exit 130"), "sample", "list");

    assertThat(outcome.exitCode()).isEqualTo(130);
    assertThat(outcome.out()).isEmpty();
    assertThat(root.resolve("samples/target")).isDirectoryNotContaining("glob:**/rec*");
    assertThat(run(root, javaThatTells(""), "sample", "list").err()).contains("Recording");
  }

  @Test
  void sample_whoseTargetCannotBeWritten_startsFromTheClasses() throws Exception {
    Path root = copyWithJar("read-only");
    // Permissions don't bind every user.
    program("mktemp", "exit 1");

    assertThat(run(root, javaThatTells("exit 1"), "sample", "list"))
        .satisfies(outcome -> assertThat(outcome.out()).contains("samples/target/classes:"))
        .extracting(Outcome::exitCode, Outcome::err)
        .containsExactly(0, "");
  }

  @Test
  void sample_whoseArchiveIsTruncated_starts() throws Exception {
    Path root = copyWithJar("truncated");

    run(root, "sample", "list");
    Outcome whole = run(root, "sample", "list");
    List<Path> archives = archives(root);
    for (Path file : archives) {
      try (FileChannel archive = FileChannel.open(file, StandardOpenOption.WRITE)) {
        archive.truncate(archive.size() / 2);
      }
    }

    assertThat(archives).hasSize(1);
    assertThat(whole.out()).isEmpty();
    assertThat(whole.err()).startsWith("NAME must be one of the samples below, was [list]");
    assertThat(run(root, "sample", "list")).isEqualTo(whole);
  }

  /** Copies the programs, with links to what has been built, and the jar that the build makes. */
  private Path copyWithJar(String name) throws IOException {
    Path root = copyOfTheRepository(name, "samples");
    Path target = root.resolve("samples/target");
    Path jar = Repository.root().resolve("samples/target/vellamo-samples-0.1.0-SNAPSHOT.jar");
    assumeTrue(Files.exists(jar));
    Files.copy(jar, target.resolve(jar.getFileName()));
    return root;
  }

  private static List<Path> archives(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("samples/target/archive"))) {
      return files.filter(file -> file.toString().endsWith(".jsa")).toList();
    }
  }

  private static FileTime in(Duration duration) {
    return FileTime.from(Instant.now().plus(duration));
  }

  /** Makes a home of a JVM that prints its arguments; those of a recording do something else. */
  private Path javaThatTells(String recording) throws IOException {
    Path home = Files.createDirectories(directory.resolve("jvm"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=17\n");
    executable(
        Files.createDirectories(home.resolve("bin")).resolve("java"),
        "if [[ $* == *ArchiveClassesAtExit* ]]; then",
        recording.isEmpty() ? ":" : recording,
        "else echo \"$*\"; fi");
    return home;
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
    // Run in the repository, which is the directory of the file after -f.
    program(
        "mvn",
        "while [[ $1 != -f ]]; do shift; done",
        "cd \"$(dirname \"$2\")\"",
        String.join("\n", lines));
  }

  /** Puts a program before those of the system. */
  private void program(String name, String... lines) throws IOException {
    executable(Files.createDirectories(directory.resolve("path")).resolve(name), lines);
  }

  private static void executable(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/usr/bin/env bash\n" + String.join("\n", lines) + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Outcome run(Path root, String program, String... arguments) throws Exception {
    return run(root, Path.of(System.getProperty("java.home")), program, arguments);
  }

  private Outcome run(Path root, Path java, String program, String... arguments) throws Exception {
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
    builder.environment().put("JAVA_HOME", java.toString());
    builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    builder.environment().merge("PATH", "", (path, none) -> directory.resolve("path") + ":" + path);
    int exitCode = builder.start().waitFor();
    return new Outcome(exitCode, Files.readString(out), Files.readString(err));
  }
}
