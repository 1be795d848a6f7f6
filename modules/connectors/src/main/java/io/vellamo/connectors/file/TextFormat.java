package io.vellamo.connectors.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.util.regex.Pattern;

/** The formats, as far as names of files and borders of entries go. */
enum TextFormat {
  JSON_LINES("JsonLines", ".jsonl", "jsonl|json|ndjson"),
  CSV("Csv", ".csv", "csv");

  private final String title;
  private final String suffix;
  private final Pattern fileNames;

  TextFormat(String title, String suffix, String extensions) {
    this.title = title;
    this.suffix = suffix;
    // Names that begin with a dot or an underscore are hidden or temporary.
    this.fileNames = Pattern.compile("[^._].*\\.(" + extensions + ")(\\.gz)?");
  }

  String title() {
    return title;
  }

  /** Returns the end of the names of files that are written. */
  String suffix() {
    return suffix;
  }

  /** Returns whether a file of a folder is read. */
  boolean matches(String fileName) {
    return fileNames.matcher(fileName).matches();
  }

  boolean hasHeader() {
    return this == CSV;
  }

  /** Returns a user's mapper if it is one for this format. */
  ObjectMapper checked(ObjectMapper mapper) {
    requireNonNull(mapper, "mapper");
    if (this == CSV && !(mapper instanceof CsvMapper)) {
      throw new IllegalArgumentException(
          "mapper must be a CsvMapper for CSV, was [%s]".formatted(mapper.getClass().getName()));
    }
    return mapper;
  }

  EntryEnd entryEnd() {
    return this == CSV ? new CsvEntryEnd() : new LineEnd();
  }
}
