package io.vellamo.connectors.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A reader of the lines of one file. */
interface LineReader<T> {
  /**
   * Returns the value of a line.
   *
   * @throws LineFaultException if the line does not conform to the format; the message is the
   *     reason
   * @throws IOException if Jackson can't read it
   */
  @Nullable T read(EntryScanner entry) throws IOException;

  /** Returns the value that a parser reads; faults describe the token at which they occur. */
  static <T> @Nullable T value(ObjectReader reader, JsonParser parser, Class<T> valueClass)
      throws IOException {
    try {
      return reader.readValue(parser);
    } catch (MismatchedInputException e) {
      JsonToken found = parser.currentToken(); // gone once the parser is closed
      throw new LineFaultException(EntryFault.reason(e, found, valueClass));
    }
  }
}
