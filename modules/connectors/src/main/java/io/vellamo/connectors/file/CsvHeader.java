package io.vellamo.connectors.file;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.vellamo.api.source.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads which column is which from a file's header line. */
final class CsvHeader {
  private CsvHeader() {}

  /**
   * Returns the columns of a file.
   *
   * @throws SourceException if the header names a column twice or none of the event's properties;
   *     then it is most likely a line of data
   */
  static CsvSchema schema(
      CsvMapper mapper, Class<?> eventClass, EntryCursor cursor, FileFailures failures) {
    List<String> properties = properties(mapper, eventClass);
    List<String> names = new ArrayList<>();
    try {
      for (String name : mapper.readerFor(String[].class).<String[]>readValue(cursor.header())) {
        names.add(name.strip());
      }
    } catch (IOException e) {
      throw failures.header(cursor.file(), properties);
    }
    Set<String> distinct = new HashSet<>(names);
    boolean known = properties.isEmpty() || properties.stream().anyMatch(distinct::contains);
    if (!known || distinct.size() < names.size()) {
      throw failures.header(cursor.file(), properties);
    }
    CsvSchema.Builder schema = CsvSchema.builder();
    names.forEach(schema::addColumn);
    return schema.build();
  }

  /** Returns the names that the event's class knows; none for a map or a tree. */
  private static List<String> properties(CsvMapper mapper, Class<?> eventClass) {
    List<String> names = new ArrayList<>();
    mapper.schemaFor(eventClass).forEach(column -> names.add(column.getName()));
    return names;
  }
}
