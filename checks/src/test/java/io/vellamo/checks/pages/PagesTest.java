package io.vellamo.checks.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vellamo.checks.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds and runs the projects and the complete programs that the pages of the docs show. */
@Timeout(900)
final class PagesTest {
  private static final String FIRST = "docs/guide/first-query.md";
  private static final String KOTLIN = "docs/guide/kotlin.md";
  private static final String MEMORY = "docs/guide/memory.md";
  private static final String PACKAGING = "docs/guide/packaging.md";
  private static final String SPRING_BOOT = "docs/guide/spring-boot.md";
  private static final long MEBIBYTE = 1L << 20;

  @TempDir private Path directory;

  @BeforeAll
  @Timeout(900)
  static void build() throws IOException, InterruptedException {
    MavenBuild.build(pages());
  }

  @Test
  void firstProgram_runTwice_closesTheSessionsThatItSaysItDoes() throws Exception {
    copyInput(FIRST, "clicks/monday.jsonl");

    run(FIRST, "clicks.ClickSessions");
    assertThat(sessions()).containsExactly(line(FIRST, "\"clicks\":2"));
    Files.writeString(
        directory.resolve("clicks/tuesday.jsonl"), line(FIRST, "\"user\":\"carl\"") + "\n");
    run(FIRST, "clicks.ClickSessions");

    assertThat(sessions())
        .containsExactly(line(FIRST, "\"clicks\":2"), line(FIRST, "\"user\":\"ben\",\"start\""));
  }

  @Test
  void kotlinsDataClasses_areEventsStatesAndRows() throws Exception {
    copyInput(FIRST, "clicks/monday.jsonl");

    run(KOTLIN, "clicks.ClickSessionsKt");

    assertThat(sessions()).contains(line(FIRST, "\"clicks\":2"));
  }

  @Test
  void memoryProgram_printsWhatItsPageSays() throws Exception {
    run(MEMORY, "words.WordCount");

    assertThat(Files.readAllLines(directory.resolve("java.log")))
        .contains(line(MEMORY, "Count[word=b"))
        .containsSubsequence(line(MEMORY, "count=2]"), line(MEMORY, "count=3]"));
  }

  @Test
  void fatJar_withOnePlatform_isSmallAndRunsTheFirstProgram() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "its library is for Linux");
    assumeTrue(System.getProperty("os.arch").equals("amd64"), "its library is for x86-64");
    copyInput(FIRST, "clicks/monday.jsonl");
    Path jar = MavenBuild.project(PACKAGING).resolve("target/click-sessions-jar-1.0.jar");

    MavenBuild.java(directory, "-jar", jar.toString());

    assertThat(sessions()).containsExactly(line(FIRST, "\"clicks\":2"));
    assertThat(directory.resolve("java.log")).content().contains("Embedded journal is open");
    assertThat(Files.size(jar)).isLessThan(60 * MEBIBYTE);
  }

  @Test
  void springBootJar_withOnePlatform_isSmall() throws IOException {
    Path jar = MavenBuild.project(SPRING_BOOT).resolve("target/click-sessions-boot-1.0.jar");

    assertThat(Files.size(jar)).isLessThan(60 * MEBIBYTE);
  }

  @Test
  void bom_listsEveryPublishedArtifact() {
    String bom = ParentPom.read(Repository.root().resolve("modules/bom/pom.xml"));

    assertThat(Pattern.compile("<artifactId>(vellamo[^<]*)<").matcher(bom).results())
        .extracting(artifact -> artifact.group(1))
        .containsExactlyInAnyOrderElementsOf(
            ParentPom.published().stream().map(ParentPom::artifact).toList());
  }

  private void run(String page, String mainClass) throws IOException, InterruptedException {
    MavenBuild.java(directory, "-cp", MavenBuild.classPath(page), mainClass);
  }

  private void copyInput(String page, String file) throws IOException {
    Path copy = directory.resolve(file);
    Files.createDirectories(copy.getParent());
    Files.copy(MavenBuild.project(page).resolve(file), copy);
  }

  private List<String> sessions() throws IOException {
    List<String> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory.resolve("sessions"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList()) {
        rows.addAll(Files.readAllLines(file));
      }
    }
    return rows;
  }

  /** Returns the line of a page that holds a text. */
  private static String line(String page, String text) throws IOException {
    return Files.readAllLines(Repository.root().resolve(page)).stream()
        .filter(line -> line.contains(text))
        .findFirst()
        .orElseThrow();
  }

  private static List<Page> pages() throws IOException {
    Path root = Repository.root();
    List<Page> pages = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".md")).sorted().toList()) {
        pages.add(Page.read(root, file));
      }
    }
    pages.add(Page.read(root, root.resolve("README.md")));
    Page first = pages.stream().filter(page -> page.name().equals(FIRST)).findFirst().orElseThrow();
    pages.replaceAll(
        page ->
            List.of(PACKAGING, SPRING_BOOT).contains(page.name())
                ? page.withProgramOf(first)
                : page);
    return pages.stream().filter(Page::describesAProject).toList();
  }
}
