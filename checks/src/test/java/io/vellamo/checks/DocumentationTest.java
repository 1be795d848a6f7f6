package io.vellamo.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Code in the documentation is code that compiles, and links lead somewhere. */
final class DocumentationTest {
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");

  /** A block that is a whole file: the test of the pages' projects compiles it. */
  private static final Pattern NAMED_FILE =
      Pattern.compile("^`[^`\n]+`:\n\n```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final List<Path> SNIPPETS =
      List.of(
          Repository.root().resolve("samples/src/test/java/io/vellamo/samples/guide"),
          Repository.root().resolve("modules/kafka/src/test/java/io/vellamo/kafka"),
          Repository.root().resolve("modules/micrometer/src/test/java/io/vellamo/micrometer"));

  private static final Path JOURNALS = Repository.root().resolve("checks/journals");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/guide/first-query.md",
        "docs/guide/initial-state.md",
        "docs/guide/batch.md",
        "docs/guide/evolving-state.md",
        "docs/guide/testing.md",
        "docs/guide/simulation.md",
        "docs/guide/errors.md",
        "docs/guide/live-state.md",
        "docs/guide/pekko-streams.md",
        "docs/guide/sketches.md",
        "docs/operators/aggregate.md",
        "docs/operators/alerts.md",
        "docs/operators/windows.md",
        "docs/connectors/webhook.md",
        "docs/connectors/pagerduty.md",
        "docs/connectors/kafka.md",
        "docs/operations/dashboard.md",
        "docs/operations/monitoring.md"
      })
  void javaBlocks_areLinesOfCompiledCode(String page) throws IOException {
    Set<String> compiled = new HashSet<>();
    for (Path snippets : SNIPPETS) {
      try (Stream<Path> files = Files.list(snippets)) {
        for (Path file : files.toList()) {
          Files.readAllLines(file).forEach(line -> compiled.add(code(line)));
        }
      }
    }

    for (String line : javaLines(Repository.root().resolve(page))) {
      assertThat(compiled).contains(code(line));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs"})
  void links_leadSomewhere(String start) throws IOException {
    try (Stream<Path> files = Files.walk(Repository.root().resolve(start))) {
      for (Path page : files.filter(file -> file.toString().endsWith(".md")).toList()) {
        Matcher links = LINK.matcher(Files.readString(page));
        while (links.find()) {
          assertThat(page.resolveSibling(links.group(1))).exists();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "cassandra"})
  void configurationOfAJournal_isTheFileThatItsTestsLoad(String journal) throws IOException {
    Path tested = JOURNALS.resolve("src/test/resources").resolve(journal + ".conf");

    assertThat(operations(journal)).contains("```hocon\n" + Files.readString(tested) + "```\n");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql, pekko.version",
    "postgresql, pekko-persistence-jdbc.version",
    "postgresql, postgresql-driver.version",
    "postgresql, postgresql-server.version",
    "cassandra, pekko.version",
    "cassandra, pekko-persistence-cassandra.version",
    "cassandra, cassandra-server.version"
  })
  void pageOfAJournal_namesTheVersionsOfItsTests(String journal, String property)
      throws IOException {
    String pom =
        Files.readString(Repository.root().resolve("pom.xml"))
            + Files.readString(Repository.root().resolve("modules/bom/pom.xml"));
    Matcher version = Pattern.compile("<%s>(.+)</".formatted(property)).matcher(pom);

    assertThat(version.find()).isTrue();
    assertThat(operations(journal)).contains(version.group(1));
  }

  private static String operations(String page) throws IOException {
    return Files.readString(Repository.root().resolve("docs/operations").resolve(page + ".md"));
  }

  private static List<String> javaLines(Path page) throws IOException {
    return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
        .matcher(NAMED_FILE.matcher(Files.readString(page)).replaceAll(""))
        .results()
        .flatMap(block -> block.group(1).lines())
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static String code(String line) {
    return line.replaceAll("\\s+//.*", "").strip();
  }
}
