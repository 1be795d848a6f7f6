package io.vellamo.connectors.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A reader of the lines of a CSV file with a given header. Columns without a name are skipped. */
final class CsvLineReader<T> implements LineReader<T> {
  private static final TokenFilter NAMED =
      new TokenFilter() {
        @Override
        public @Nullable TokenFilter includeProperty(String name) {
          return CsvHeader.isUnnamed(name) ? null : TokenFilter.INCLUDE_ALL;
        }
      };

  private final CsvHeader header;
  private final byte[] headerLine;
  private final CsvEntryEnd fields;
  private final Class<T> eventClass;
  private final ObjectReader events;
  private final ObjectReader reader;

  CsvLineReader(CsvHeader header, byte[] headerLine, ObjectReader events, Class<T> eventClass) {
    this.header = header;
    this.headerLine = headerLine;
    this.fields = new CsvEntryEnd(header.dialect());
    this.eventClass = eventClass;
    this.events = events;
    this.reader = events.with(header.schema(header.size()));
  }

  @Override
  public @Nullable T read(EntryScanner entry) throws IOException {
    if (isHeader(entry)) {
      throw new LineFaultException("line must be an event, repeats the header of the file");
    }
    try {
      return read(entry, entry.length(), reader);
    } catch (IOException | RuntimeException e) {
      return readOther(entry, e);
    }
  }

  /**
   * Reads a line again with the number of columns it has, if only empty or unnamed columns made it
   * unreadable.
   */
  private @Nullable T readOther(EntryScanner entry, Exception fault) throws IOException {
    byte[] bytes = entry.buffer();
    int to = entry.from() + entry.length();
    int count = fields.fields(bytes, entry.from(), to);
    if (count < header.size() && count >= header.named()) {
      return read(entry, entry.length(), events.with(header.schema(count)));
    }
    if (count > header.size()) {
      int end = fields.delimiterAfter(bytes, entry.from(), to, header.size());
      if (isEmpty(bytes, end, to)) {
        return read(entry, end - entry.from(), reader);
      }
    }
    if (count != header.size()) {
      throw new LineFaultException(
          "line must have the header's [%d] columns, has [%d]".formatted(header.size(), count));
    }
    if (fault instanceof IOException checked) {
      throw checked;
    }
    throw (RuntimeException) fault;
  }

  private boolean isEmpty(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ' && !fields.isDelimiter(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private @Nullable T read(EntryScanner entry, int length, ObjectReader with) throws IOException {
    try (JsonParser all = with.createParser(entry.buffer(), entry.from(), length)) {
      JsonParser named =
          header.hasUnnamed()
              ? new FilteringParserDelegate(all, NAMED, Inclusion.INCLUDE_ALL_AND_PATH, true)
              : all;
      return LineReader.value(with, named, eventClass);
    }
  }

  private boolean isHeader(EntryScanner entry) {
    return entry.length() == headerLine.length
        && Arrays.equals(
            entry.buffer(),
            entry.from(),
            entry.from() + entry.length(),
            headerLine,
            0,
            headerLine.length);
  }
}
