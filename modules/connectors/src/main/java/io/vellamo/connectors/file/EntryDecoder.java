package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.vellamo.api.source.EventCollector;
import java.io.IOException;

/** A decoder that turns entries into events, or into dead letters if they are invalid. */
final class EntryDecoder<T> {
  private final ObjectMapper mapper;
  private final TextFormat format;
  private final Class<T> eventClass;
  private final int maxBytes;
  private final FileFailures failures;
  private final ObjectReader reader;

  EntryDecoder(
      ObjectMapper mapper,
      TextFormat format,
      Class<T> eventClass,
      int maxBytes,
      FileFailures failures) {
    this.mapper = mapper;
    this.format = format;
    this.eventClass = eventClass;
    this.maxBytes = maxBytes;
    this.failures = failures;
    // Otherwise a line with more content after its value would be accepted as an event.
    this.reader = mapper.readerFor(eventClass).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** Returns a reader of a file's entries, which depends on the header for CSV. */
  LineReader<T> readerFor(EntryCursor cursor) {
    CsvDialect dialect = format.dialect();
    if (dialect != null && mapper instanceof CsvMapper csv) {
      CsvHeader header = CsvHeader.read(csv, dialect, eventClass, cursor, failures);
      return new CsvLineReader<>(header, cursor.header(), reader, eventClass);
    }
    return new JsonLineReader<>(reader, eventClass);
  }

  void decode(EntryScanner entry, LineReader<T> lines, EventCollector<? super T> into) {
    if (entry.isTooLong()) {
      String reason = "line must not exceed [%d] bytes".formatted(maxBytes);
      into.deadLetter(entry.offset(), reason, null);
      return;
    }
    T event;
    try {
      requireUtf8(entry);
      event = lines.read(entry);
    } catch (InvalidDefinitionException e) {
      throw failures.unbindable(eventClass, e);
    } catch (IOException e) {
      into.deadLetter(entry.offset(), EntryFault.reason(e), text(entry));
      return;
    }
    if (event == null) {
      String reason = "line must hold a [%s], was [null]".formatted(eventClass.getSimpleName());
      into.deadLetter(entry.offset(), reason, text(entry));
    } else {
      into.event(event, entry.offset());
    }
  }

  private static void requireUtf8(EntryScanner entry) throws LineFaultException {
    int malformed =
        InvalidText.malformedAt(entry.buffer(), entry.from(), entry.from() + entry.length());
    if (malformed != InvalidText.NONE) {
      throw new LineFaultException(
          "line must be UTF-8, was malformed at byte [%d]".formatted(malformed - entry.from() + 1));
    }
  }

  private static String text(EntryScanner entry) {
    return new String(entry.buffer(), entry.from(), entry.length(), UTF_8);
  }
}
