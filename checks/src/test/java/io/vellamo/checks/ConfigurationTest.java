package io.vellamo.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds settings and their page together: every key below {@code vellamo} says what it does, and
 * {@code docs/reference/configuration.md} is what the files say.
 *
 * <p>{@code mvn -pl checks -am verify -Dvellamo.write-docs=true} generates the page.
 */
final class ConfigurationTest {
  private static final Path PAGE = Repository.root().resolve("docs/reference/configuration.md");

  /** A setting: its path, value and comment. */
  private record Setting(String path, String value, String comment) {}

  @Test
  void keys_haveAComment() throws IOException {
    for (Setting setting : settings()) {
      assertThat(setting.comment).as("comment of " + setting.path).isNotBlank();
    }
  }

  @Test
  void page_saysWhatTheFilesSay() throws IOException {
    String page = page();
    if (Boolean.getBoolean("vellamo.write-docs")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).content().isEqualTo(page);
  }

  private static String page() throws IOException {
    StringBuilder page =
        new StringBuilder("# Configuration\n\n")
            .append("Every setting of Vellamo, its default and meaning, as in the modules' ")
            .append("`reference.conf` files.\n\n| setting | default | meaning |\n|---|---|---|\n");
    for (Setting setting : settings()) {
      page.append("| `%s` | `%s` | %s |%n".formatted(setting.path, setting.value, setting.comment));
    }
    return page.toString();
  }

  private static List<Setting> settings() throws IOException {
    Map<String, Setting> settings = new TreeMap<>();
    for (Path file : referenceFiles()) {
      Config config = ConfigFactory.parseFile(file.toFile());
      if (config.hasPath("vellamo")) {
        collect("vellamo", config.getObject("vellamo"), settings);
      }
    }
    return new ArrayList<>(settings.values());
  }

  private static void collect(String path, ConfigObject object, Map<String, Setting> into) {
    object.forEach(
        (key, value) -> {
          String full = path + "." + key;
          if (value.valueType() == ConfigValueType.OBJECT) {
            collect(full, (ConfigObject) value, into);
          } else {
            into.put(full, new Setting(full, render(value), comment(value)));
          }
        });
  }

  private static String render(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  private static String comment(ConfigValue value) {
    return value.origin().comments().stream()
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .replace("|", "\\|");
  }

  private static List<Path> referenceFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Repository.root().resolve("modules"))) {
      return files
          .filter(file -> file.endsWith("src/main/resources/reference.conf"))
          .sorted()
          .toList();
    }
  }
}
