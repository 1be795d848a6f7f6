package io.vellamo.checks.pages;

import static java.util.regex.Pattern.quote;

import io.vellamo.checks.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts from the POM files of this project. */
final class ParentPom {
  private static final String TEXT = read(Repository.root().resolve("pom.xml"));

  private ParentPom() {}

  /** Returns the version of a plugin. */
  static String plugin(String artifact) {
    return group(
        TEXT, "<artifactId>" + quote(artifact) + "</artifactId>\\s*<version>([^<]+)</version>");
  }

  /** Returns the version of Vellamo. */
  static String version() {
    return group(TEXT, "<artifactId>vellamo-parent</artifactId>\\s*<version>([^<]+)</version>");
  }

  /** Returns the directories of the modules that are published. */
  static List<Path> published() {
    return Pattern.compile("<module>([^<]+)</module>")
        .matcher(TEXT)
        .results()
        .map(module -> module.group(1))
        .filter(module -> module.startsWith("modules/") || module.equals("cli"))
        .map(module -> Repository.root().resolve(module))
        .toList();
  }

  static String artifact(Path module) {
    String withoutParent =
        read(module.resolve("pom.xml")).replaceAll("(?s)<parent>.*</parent>", "");
    return group(withoutParent, "<artifactId>([^<]+)</artifactId>");
  }

  private static String group(String text, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    if (!found.find()) {
      throw new AssertionError("pom.xml must have [%s], found none".formatted(pattern));
    }
    return found.group(1);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
