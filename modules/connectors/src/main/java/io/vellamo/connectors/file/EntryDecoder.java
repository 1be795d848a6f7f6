package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.vellamo.api.source.EventCollector;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes events of entries, or dead letters of those that are none. */
final class EntryDecoder<T> {
  private final ObjectMapper mapper;
  private final Class<T> eventClass;
  private final int maxBytes;
  private final FileFailures failures;
  private final ObjectReader reader;

  EntryDecoder(ObjectMapper mapper, Class<T> eventClass, int maxBytes, FileFailures failures) {
    this.mapper = mapper;
    this.eventClass = eventClass;
    this.maxBytes = maxBytes;
    this.failures = failures;
    // Or a line with something behind its value would pass for an event.
    this.reader = mapper.readerFor(eventClass).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** Returns what reads the entries of a file, whose header may say how. */
  ObjectReader readerFor(EntryCursor cursor) {
    if (mapper instanceof CsvMapper csv) {
      return reader.with(CsvHeader.schema(csv, eventClass, cursor, failures));
    }
    return reader;
  }

  void decode(EntryScanner entry, ObjectReader fileReader, EventCollector<? super T> into) {
    if (entry.isTooLong()) {
      String reason = "line must not exceed [%d] bytes".formatted(maxBytes);
      into.deadLetter(entry.offset(), reason, null);
      return;
    }
    String fault = EntryFault.reasonOfText(entry, !(mapper instanceof CsvMapper));
    if (fault != null) {
      into.deadLetter(entry.offset(), fault, text(entry));
      return;
    }
    T event;
    try {
      event = read(entry, fileReader);
    } catch (InvalidDefinitionException e) {
      throw failures.unbindable(eventClass, e);
    } catch (IOException e) {
      into.deadLetter(entry.offset(), EntryFault.reason(e, eventClass), text(entry));
      return;
    }
    if (event == null) {
      String reason = "line must hold a [%s], was [null]".formatted(eventClass.getSimpleName());
      into.deadLetter(entry.offset(), reason, text(entry));
    } else {
      into.event(event, entry.offset());
    }
  }

  private @Nullable T read(EntryScanner entry, ObjectReader fileReader) throws IOException {
    return fileReader.readValue(entry.buffer(), entry.from(), entry.length());
  }

  private static String text(EntryScanner entry) {
    return new String(entry.buffer(), entry.from(), entry.length(), UTF_8);
  }
}
