package io.vellamo.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page, which are resources of this artifact. */
final class PageFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "txt", "text/plain; charset=utf-8",
          "json", "application/json");

  private PageFiles() {}

  /** Returns a file, or null if there is none of that name. */
  static @Nullable HttpAnswer find(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    // One directory without links: a name with a separator is no file of it.
    if (type == null || name.contains("/") || name.contains("\\") || name.contains("..")) {
      return null;
    }
    try (InputStream file = PageFiles.class.getResourceAsStream("page/" + name)) {
      return file == null
          ? null
          : new HttpAnswer(200, type, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
