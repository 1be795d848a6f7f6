package io.vellamo.checks.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vellamo.checks.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Builds projects with the Maven that runs the tests, and runs what came out. */
final class MavenBuild {
  private static final Path DIRECTORY = Repository.root().resolve("checks/target/pages");
  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  private MavenBuild() {}

  /** Returns the directory of a page's project. */
  static Path project(String page) {
    return DIRECTORY.resolve(Page.project(page));
  }

  /**
   * Builds the projects of pages, all of them in one run of Maven, and writes their class paths.
   */
  static void build(List<Page> pages) throws IOException, InterruptedException {
    Path home = Path.of(property("vellamo.maven.home"));
    Path repository = DIRECTORY.resolve("repository");
    LocalRepository.create(repository, Path.of(property("vellamo.maven.repository")));
    // Maven looks for its own options here, not in the repository above.
    Files.createDirectories(DIRECTORY.resolve(".mvn"));
    StringBuilder modules = new StringBuilder();
    for (Page page : pages) {
      delete(project(page.name()));
      page.write(project(page.name()));
      for (String project : page.projects()) {
        modules.append("    <module>%s</module>\n".formatted(project));
      }
    }
    Files.writeString(DIRECTORY.resolve("pom.xml"), aggregator(modules.toString()));
    List<String> command =
        new ArrayList<>(
            List.of(home.resolve("bin/mvn").toString(), "-B", "-ntp", "-fae", "-DskipTests"));
    if (property("vellamo.maven.offline").equals("offline:true")) {
      command.add("-o");
    }
    Path settings = Path.of(property("vellamo.maven.settings").replaceFirst("^settings:", ""));
    if (Files.exists(settings)) {
      command.addAll(List.of("-s", settings.toString()));
    }
    command.addAll(
        List.of(
            "-Dmaven.repo.local=" + repository,
            // Or a process of Kotlin's compiler stays behind.
            "-Dkotlin.compiler.daemon=false",
            "-Dmdep.outputFile=target/class-path",
            "package",
            "org.apache.maven.plugins:maven-dependency-plugin:%s:build-classpath"
                .formatted(ParentPom.plugin("maven-dependency-plugin"))));
    run(DIRECTORY, DIRECTORY.resolve("maven.log"), command);
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Runs a main class of a page's project in a directory. */
  static void java(Path directory, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JAVA.resolve("bin/java").toString()));
    command.addAll(Arrays.asList(arguments));
    run(directory, directory.resolve("java.log"), command);
  }

  /** Returns the class path of a page's project. */
  static String classPath(String page) {
    Path target = project(page).resolve("target");
    return target.resolve("classes")
        + File.pathSeparator
        + ParentPom.read(target.resolve("class-path")).strip();
  }

  private static void run(Path directory, Path log, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", JAVA.toString());
    builder.environment().remove("MAVEN_OPTS");
    Process process = builder.start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly();
    String output = Files.readString(log);
    assumeTrue(
        !output.contains("in offline mode"),
        "Maven is offline, and what the pages use besides Vellamo has not been downloaded");
    assertThat(ended && process.waitFor() == 0).as(output).isTrue();
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    assumeTrue(value != null, () -> "Maven sets [%s], which is missing".formatted(name));
    return value;
  }

  private static String aggregator(String modules) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId>
          <artifactId>pages</artifactId>
          <version>1.0</version>
          <packaging>pom</packaging>
          <modules>
        %s  </modules>
        </project>
        """
        .formatted(modules);
  }
}
