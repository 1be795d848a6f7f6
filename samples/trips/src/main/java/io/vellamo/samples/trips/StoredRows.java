package io.vellamo.samples.trips;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.CqlSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The rows of a table, as JSON in the order of their keys. */
final class StoredRows {
  private StoredRows() {}

  /** Writes the rows of a table to a file, and returns their number. */
  static int write(CqlSession session, String table, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    session.execute("SELECT JSON * FROM " + table).forEach(row -> lines.add(row.getString(0)));
    // The key is the first column.
    Collections.sort(lines);
    Files.write(file, lines, UTF_8);
    return lines.size();
  }
}
