package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The names of files as text, the same in every JVM.
 *
 * <p>A JVM decodes names by {@code sun.jnu.encoding}, which is ASCII in a container without a
 * locale; names that differ only in other characters would then be equal. A path keeps the bytes of
 * its name, and its URI contains them.
 */
final class FileNames {
  private FileNames() {}

  /** Returns a file's name: its bytes as UTF-8, and {@code %XX} for each byte that is not. */
  static String of(Path file) {
    String uri = file.toUri().getRawPath();
    int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
    byte[] name = bytes(uri.substring(uri.lastIndexOf('/', end - 1) + 1, end));
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (from < name.length) {
      int malformed = InvalidText.malformedAt(name, from, name.length);
      int to = malformed == InvalidText.NONE ? name.length : malformed;
      text.append(new String(name, from, to - from, UTF_8));
      if (malformed != InvalidText.NONE) {
        text.append(String.format(Locale.ROOT, "%%%02X", name[malformed]));
      }
      from = to + (malformed == InvalidText.NONE ? 0 : 1);
    }
    return text.toString();
  }

  private static byte[] bytes(String escaped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] ascii = escaped.getBytes(US_ASCII);
    for (int i = 0; i < ascii.length; i++) {
      if (ascii[i] == '%') {
        bytes.write(Character.digit(ascii[i + 1], 16) << 4 | Character.digit(ascii[i + 2], 16));
        i += 2;
      } else {
        bytes.write(ascii[i]);
      }
    }
    return bytes.toByteArray();
  }
}
