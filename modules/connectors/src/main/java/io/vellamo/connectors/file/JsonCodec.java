package io.vellamo.connectors.file;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import java.io.IOException;

/**
 * A codec of single JSON values, by the rules of {@link JsonLines}, for connectors whose entries
 * are messages instead of lines.
 *
 * <p><b>Threading</b> Immutable; safe to share.
 *
 * @param <T> the values
 * @since 0.1
 */
public final class JsonCodec<T> {
  private final Class<T> valueClass;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  private JsonCodec(Class<T> valueClass, ObjectMapper mapper) {
    this.valueClass = requireNonNull(valueClass, "valueClass");
    this.reader = mapper.readerFor(valueClass).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    this.writer = mapper.writer();
  }

  /**
   * Returns a codec that refuses numbers as times.
   *
   * @param valueClass a record or another class that Jackson can bind
   * @param <T> the values
   * @return the codec
   */
  public static <T> JsonCodec<T> of(Class<T> valueClass) {
    return new JsonCodec<>(valueClass, Mappers.json(NumericTimes.REFUSED));
  }

  /**
   * Sets the unit of times that are numbers, as {@link FileSource#withNumericTimes} does.
   *
   * @param times the unit
   * @return a codec with it and with the default mapper
   */
  public JsonCodec<T> withNumericTimes(NumericTimes times) {
    return new JsonCodec<>(valueClass, Mappers.json(requireNonNull(times, "times")));
  }

  /**
   * Sets the mapper that reads and writes values.
   *
   * @param mapper used unchanged, except that content after a value is refused
   * @return a codec with it
   */
  public JsonCodec<T> withMapper(ObjectMapper mapper) {
    return new JsonCodec<>(valueClass, requireNonNull(mapper, "mapper"));
  }

  /**
   * Returns the class of the values.
   *
   * @return the class
   */
  public Class<T> valueClass() {
    return valueClass;
  }

  /**
   * Returns the value that bytes hold.
   *
   * @param bytes one JSON value in UTF-8
   * @return the value
   * @throws InvalidJsonException if the bytes don't hold a value of the class
   * @throws IllegalArgumentException if Jackson can't read values of the class at all
   */
  public T read(byte[] bytes) throws InvalidJsonException {
    try {
      requireWholeCharacters(bytes);
      T value;
      try (JsonParser parser = reader.createParser(bytes)) {
        value = LineReader.value(reader, parser, valueClass);
      }
      if (value == null) {
        throw new LineFaultException(
            "line must hold a [%s], was [null]".formatted(valueClass.getSimpleName()));
      }
      return value;
    } catch (InvalidDefinitionException e) {
      throw new IllegalArgumentException(
          "Class [%s] must be one that Jackson can read; use a record, or add what the cause asks for"
              .formatted(valueClass.getName()),
          e);
    } catch (IOException e) {
      throw new InvalidJsonException(reason(e), e);
    }
  }

  /**
   * Returns the JSON of a value.
   *
   * @param value the value
   * @return one JSON value in UTF-8, without a line end
   * @throws IllegalArgumentException if Jackson can't write the value
   */
  public byte[] write(T value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Value of class [%s] must be one that Jackson can write; use a record, or add what the cause asks for"
              .formatted(value.getClass().getName()),
          e);
    }
  }

  private static void requireWholeCharacters(byte[] bytes) throws LineFaultException {
    int malformed = InvalidText.malformedAt(bytes, 0, bytes.length);
    if (malformed != InvalidText.NONE) {
      throw new LineFaultException(
          "line must be UTF-8, was malformed at byte [%d]".formatted(malformed + 1));
    }
    int lone = InvalidText.loneEscapeAt(bytes, 0, bytes.length);
    if (lone != InvalidText.NONE) {
      throw new LineFaultException(
          "line must hold whole characters, has half of a surrogate pair at byte [%d]"
              .formatted(lone + 1));
    }
  }

  /** Returns the reason with the word for a message in place of the word for a line of a file. */
  private static String reason(IOException fault) {
    String reason = EntryFault.reason(fault);
    return reason.startsWith("line ") ? "value" + reason.substring("line".length()) : reason;
  }
}
