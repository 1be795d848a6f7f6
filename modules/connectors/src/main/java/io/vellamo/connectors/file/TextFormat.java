package io.vellamo.connectors.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text format: the names of its files and the boundaries of its entries.
 *
 * @param title the human-readable name
 * @param suffix the suffix of the names of written files
 * @param fileNames the pattern of the names of files that are read from a folder
 * @param dialect the dialect of CSV; null for other formats
 */
record TextFormat(String title, String suffix, Pattern fileNames, @Nullable CsvDialect dialect) {
  static final TextFormat JSON_LINES =
      new TextFormat("JsonLines", ".jsonl", fileNames("jsonl|json|ndjson"), null);

  static TextFormat csv(CsvDialect dialect) {
    return new TextFormat("Csv", ".csv", fileNames("csv"), requireNonNull(dialect, "dialect"));
  }

  /**
   * Returns a pattern that excludes names with an initial dot or underscore, which are hidden or
   * temporary.
   */
  private static Pattern fileNames(String extensions) {
    return Pattern.compile("[^._].*\\.(" + extensions + ")(\\.gz)?", Pattern.DOTALL);
  }

  /** Returns whether a file of a folder is read, according to its name. */
  boolean matches(String fileName) {
    return fileNames.matcher(fileName).matches();
  }

  boolean isCsv() {
    return dialect != null;
  }

  /** Returns a user's mapper after checking that it fits this format. */
  ObjectMapper checked(ObjectMapper mapper) {
    requireNonNull(mapper, "mapper");
    if (isCsv() && !(mapper instanceof CsvMapper)) {
      throw new IllegalArgumentException(
          "mapper must be a CsvMapper for CSV, was [%s]".formatted(mapper.getClass().getName()));
    }
    return mapper;
  }

  EntryEnd entryEnd() {
    return dialect == null ? new LineEnd() : new CsvEntryEnd(dialect);
  }
}
