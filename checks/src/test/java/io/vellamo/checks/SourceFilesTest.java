package io.vellamo.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for source files that a compiler does not check: their length, names and packages. */
final class SourceFilesTest {
  private static final int MAX_LINES = 400;
  private static final int MAX_TEST_LINES = 600;

  /** Words that name a thing by a picture. A reader learns nothing from them. */
  private static final Pattern PICTURE =
      Pattern.compile("(?:^|(?<=[a-z0-9]))(?:Desk|Door|Seat|Way|Watch)(?:e?s)?(?![a-z])");

  private static final Pattern DECLARATION =
      Pattern.compile("(?m)^\\s*(?:[a-z-]+\\s+)*(?:class|interface|record|enum)\\s+(\\w+)");

  private static final Pattern DEFAULT_LOCALE_FORMAT =
      Pattern.compile("\"([^\"]*)\"\\s*\\.formatted\\(|String\\.format\\(\\s*\"([^\"]*)\"");
  private static final Pattern NUMBER = Pattern.compile("%[-,0+#]*\\d*(\\.\\d+)?[dfeg]");
  private static final Pattern PADDED = Pattern.compile("%[-,0+#]*\\d+d");

  @Test
  void files_areShort() throws IOException {
    for (Path file : javaFiles()) {
      int limit = file.toString().contains("/src/test/") ? MAX_TEST_LINES : MAX_LINES;
      assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(limit);
    }
  }

  @Test
  void classNames_sayWhatTheClassIs() throws IOException {
    for (Path file : javaFiles()) {
      if (file.toString().contains("/src/main/")) {
        assertThat(DECLARATION.matcher(Files.readString(file)).results())
            .extracting(declaration -> declaration.group(1))
            .as(file.toString())
            .noneMatch(name -> PICTURE.matcher(name).find());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Seat", "Seats", "ActorSeat", "OperatorDoor", "CallUnderWay", "WatchList"})
  void pictureInAName_isFound(String name) {
    assertThat(PICTURE.matcher(name).find()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WatchedStateCodec", "AwaitingCalls", "Gateway", "Desktop", "Wayland"})
  void otherWord_isNoPicture(String name) {
    assertThat(PICTURE.matcher(name).find()).isFalse();
  }

  @Test
  void declarations_areFound_alsoOfNestedClasses() {
    String source =
        "public final class A {\n  private record B(int c) {}\n  sealed interface D {}\n";

    assertThat(DECLARATION.matcher(source).results())
        .extracting(declaration -> declaration.group(1))
        .containsExactly("A", "B", "D");
  }

  /**
   * Two classes of one name are mistaken for each other. The peers of the benchmarks have the names
   * of what they are compared with.
   */
  @Test
  void classNames_areUnique() throws IOException {
    Map<String, List<Path>> byName =
        javaFiles().stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .filter(file -> !file.toString().contains("/benchmarks/peers/"))
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(Collectors.groupingBy(SourceFilesTest::className));

    assertThat(byName).allSatisfy((name, files) -> assertThat(files).hasSize(1));
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

  /**
   * A message may have the digits of the default locale. A format without a space makes a name,
   * which is read back, and a padded number is sorted by; under {@code ar-EG} neither would match.
   */
  @Test
  void names_areFormattedByNoLocale() throws IOException {
    for (Path file : javaFiles()) {
      if (file.toString().contains("/src/main/")) {
        assertThat(namesByDefaultLocale(Files.readString(file))).as(file.toString()).isEmpty();
      }
    }
  }

  @Test
  void formatOfAName_byTheDefaultLocale_isFound() {
    assertThat(namesByDefaultLocale("\"%s-%d\".formatted(a, b)")).hasSize(1);
    assertThat(namesByDefaultLocale("String.format(\"%010d%s\", a, b)")).hasSize(1);
    assertThat(namesByDefaultLocale("String.format(\n Locale.ROOT, \"%010d\", a)")).isEmpty();
    assertThat(namesByDefaultLocale("\"a message [%d]\".formatted(a)")).isEmpty();
    assertThat(namesByDefaultLocale("\"number %5d of\".formatted(a)")).hasSize(1);
  }

  private static List<String> namesByDefaultLocale(String source) {
    List<String> found = new ArrayList<>();
    Matcher format = DEFAULT_LOCALE_FORMAT.matcher(source);
    while (format.find()) {
      String text = format.group(1) == null ? format.group(2) : format.group(1);
      if (NUMBER.matcher(text).find() && (!text.contains(" ") || PADDED.matcher(text).find())) {
        found.add(text);
      }
    }
    return found;
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".java", "");
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
