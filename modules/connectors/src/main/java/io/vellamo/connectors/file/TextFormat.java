package io.vellamo.connectors.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A format: the names of its files and the borders of its entries.
 *
 * @param title its name for people
 * @param suffix the end of the names of files that are written
 * @param fileNames the names of files of a folder that are read
 * @param dialect null unless it is CSV
 */
record TextFormat(String title, String suffix, Pattern fileNames, @Nullable CsvDialect dialect) {
  static final TextFormat JSON_LINES =
      new TextFormat("JsonLines", ".jsonl", fileNames("jsonl|json|ndjson"), null);

  static TextFormat csv(CsvDialect dialect) {
    return new TextFormat("Csv", ".csv", fileNames("csv"), requireNonNull(dialect, "dialect"));
  }

  /** Names that begin with a dot or an underscore are hidden or temporary. */
  private static Pattern fileNames(String extensions) {
    return Pattern.compile("[^._].*\\.(" + extensions + ")(\\.gz)?", Pattern.DOTALL);
  }

  /** Returns whether a file of a folder is read. */
  boolean matches(String fileName) {
    return fileNames.matcher(fileName).matches();
  }

  boolean isCsv() {
    return dialect != null;
  }

  /** Returns a user's mapper if it is one for this format. */
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
