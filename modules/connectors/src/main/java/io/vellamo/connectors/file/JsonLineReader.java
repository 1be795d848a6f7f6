package io.vellamo.connectors.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A reader of lines of JSON. */
record JsonLineReader<T>(ObjectReader reader, Class<T> eventClass) implements LineReader<T> {
  @Override
  public @Nullable T read(EntryScanner entry) throws IOException {
    byte[] bytes = entry.buffer();
    int from = entry.from();
    int lone = InvalidText.loneEscapeAt(bytes, from, from + entry.length());
    if (lone != InvalidText.NONE) {
      throw new LineFaultException(
          "line must hold whole characters, has half of a surrogate pair at byte [%d]"
              .formatted(lone - from + 1));
    }
    try (JsonParser parser = reader.createParser(bytes, from, entry.length())) {
      return LineReader.value(reader, parser, eventClass);
    } catch (IOException e) {
      int lineEnd = loneReturn(entry);
      if (lineEnd < 0) {
        throw e;
      }
      throw new LineFaultException(
          "line must end in a line feed, has a carriage return alone at byte [%d]"
              .formatted(lineEnd + 1));
    }
  }

  private static int loneReturn(EntryScanner entry) {
    for (int i = 0; i < entry.length(); i++) {
      if (entry.buffer()[entry.from() + i] == '\r') {
        return i;
      }
    }
    return -1;
  }
}
