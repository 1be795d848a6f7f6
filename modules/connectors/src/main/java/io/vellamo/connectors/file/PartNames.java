package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the files that one query writes; names of different queries never collide. */
record PartNames(String query, String suffix, Pattern part) {
  static PartNames of(String queryName, String suffix) {
    // Characters other than letters, digits, dots, hyphens and underscores can be special to a file
    // system.
    String query = URLEncoder.encode(queryName, UTF_8).replace("*", "%2A");
    String visible = query.startsWith(".") ? "%2E" + query.substring(1) : query;
    String pattern = Pattern.quote(visible + "-") + "(\\d{10,19})" + Pattern.quote(suffix);
    return new PartNames(visible, suffix, Pattern.compile(pattern));
  }

  String part(long epoch) {
    // The default locale's digits would not match when the name is read back.
    return String.format(Locale.ROOT, "%s-%010d%s", query, epoch, suffix);
  }

  String temporary(long epoch) {
    return "." + part(epoch) + ".tmp";
  }

  String manifest() {
    return "." + query + ".vellamo";
  }

  /** Returns the epoch of a part file of this query; empty for any other file. */
  OptionalLong epoch(String fileName) {
    Matcher matcher = part.matcher(fileName);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  boolean isTemporary(String fileName) {
    return fileName.startsWith(".")
        && fileName.endsWith(".tmp")
        && epoch(fileName.substring(1, fileName.length() - 4)).isPresent();
  }
}
