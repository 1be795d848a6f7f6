package io.vellamo.connectors.file;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.vellamo.api.source.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a file, as named in its header line. */
final class CsvHeader {
  // Names from a file never begin with a space, since they are stripped.
  private static final String UNNAMED = " ";
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  private final List<String> names;
  private final CsvDialect dialect;
  private final int named;
  private final boolean hasUnnamed;

  private CsvHeader(List<String> names, CsvDialect dialect) {
    this.names = names;
    this.dialect = dialect;
    int last = 0;
    for (int i = 0; i < names.size(); i++) {
      last = isUnnamed(names.get(i)) ? last : i + 1;
    }
    this.named = last;
    this.hasUnnamed = names.stream().anyMatch(CsvHeader::isUnnamed);
  }

  /**
   * Reads a file's header.
   *
   * @throws SourceException if the header is not UTF-8, names a column twice, or names none of the
   *     event's properties, in which case it is most likely a line of data
   */
  static CsvHeader read(
      CsvMapper mapper,
      CsvDialect dialect,
      Class<?> eventClass,
      EntryCursor cursor,
      FileFailures failures) {
    byte[] line = cursor.header();
    int malformed = InvalidText.malformedAt(line, 0, line.length);
    if (malformed != InvalidText.NONE) {
      throw failures.headerText(cursor.file(), malformed + 1);
    }
    List<String> properties = properties(mapper, eventClass);
    List<String> names = names(mapper, dialect, line);
    if (names == null || !knowsAny(properties, names, dialect)) {
      Character likely = likelyDelimiter(mapper, dialect, line, properties);
      throw failures.header(cursor.file(), properties, likely);
    }
    requireOnce(names, cursor, failures);
    return new CsvHeader(names, dialect);
  }

  private static boolean knowsAny(List<String> properties, List<String> names, CsvDialect dialect) {
    if (properties.isEmpty()) {
      // A map accepts any column; a single column with a delimiter in its name is most likely
      // several columns.
      return names.stream().anyMatch(name -> !isUnnamed(name))
          && !(names.size() == 1
              && dialect.equals(CsvDialect.RFC_4180)
              && names.get(0).matches(".*[;\t|].*"));
    }
    return properties.stream().anyMatch(names::contains);
  }

  private static void requireOnce(List<String> names, EntryCursor cursor, FileFailures failures) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Integer before = columns.put(names.get(i), i);
      if (before != null) {
        throw failures.headerTwice(cursor.file(), names.get(i), before + 1, i + 1);
      }
    }
  }

  /** Returns the column names; null if the line is not CSV. */
  private static @Nullable List<String> names(CsvMapper mapper, CsvDialect dialect, byte[] line) {
    List<String> names = new ArrayList<>();
    try {
      CsvSchema schema = dialect.schema(CsvSchema.emptySchema());
      String[] fields = mapper.readerFor(String[].class).with(schema).readValue(line);
      for (@Nullable String field : fields) {
        boolean unnamed = field == null || field.isBlank();
        names.add(unnamed ? UNNAMED + names.size() : field.strip());
      }
    } catch (IOException e) {
      return null;
    }
    for (int i = new CsvEntryEnd(dialect).fields(line, 0, line.length) - names.size(); i > 0; i--) {
      names.add(UNNAMED + names.size());
    }
    return names;
  }

  /**
   * Returns the delimiter for which the line names most of an event's properties; null if it names
   * none with any delimiter.
   */
  private static @Nullable Character likelyDelimiter(
      CsvMapper mapper, CsvDialect dialect, byte[] line, List<String> properties) {
    Character likely = null;
    long most = 0;
    for (char delimiter : DELIMITERS) {
      CsvDialect other = new CsvDialect(delimiter, null, null);
      List<String> names = names(mapper, other, line);
      if (delimiter != dialect.delimiter() && names != null && names.size() > 1) {
        long known =
            properties.isEmpty()
                ? names.size()
                : names.stream().map(CsvHeader::unquoted).filter(properties::contains).count();
        likely = known > most ? Character.valueOf(delimiter) : likely;
        most = Math.max(most, known);
      }
    }
    return likely;
  }

  private static String unquoted(String name) {
    return name.replaceAll("^[\"']|[\"']$", "").strip();
  }

  /** Returns the property names of the event's class; none for a map or a tree. */
  private static List<String> properties(CsvMapper mapper, Class<?> eventClass) {
    List<String> names = new ArrayList<>();
    mapper.schemaFor(eventClass).forEach(column -> names.add(column.getName()));
    return names;
  }

  static boolean isUnnamed(String name) {
    return name.startsWith(UNNAMED);
  }

  CsvDialect dialect() {
    return dialect;
  }

  boolean hasUnnamed() {
    return hasUnnamed;
  }

  /** Returns the number of columns. */
  int size() {
    return names.size();
  }

  /** Returns the number of columns up to the last one with a name. */
  int named() {
    return named;
  }

  /** Returns the Jackson schema of the first columns. */
  CsvSchema schema(int columns) {
    CsvSchema.Builder schema = CsvSchema.builder();
    names.subList(0, columns).forEach(schema::addColumn);
    return dialect.schema(schema.build());
  }
}
