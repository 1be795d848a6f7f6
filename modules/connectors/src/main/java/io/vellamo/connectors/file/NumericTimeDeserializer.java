package io.vellamo.connectors.file;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.regex.Pattern;

/** A deserializer of times from numbers in a given unit, and from text as Jackson does. */
final class NumericTimeDeserializer extends DelegatingDeserializer {
  private static final long serialVersionUID = 1L;

  /** A marker in the message of a fault, since Jackson passes on only the message. */
  static final String NO_UNIT = "number without a unit of time";

  /** A marker in the message of a fault, since Jackson passes on only the message. */
  static final String OUT_OF_RANGE = "number beyond the range of times";

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,100}(\\.\\d{0,100})?");

  private final Class<?> type;
  private final NumericTimes unit;

  NumericTimeDeserializer(JsonDeserializer<?> text, Class<?> type, NumericTimes unit) {
    super(text);
    this.type = type;
    this.unit = unit;
  }

  @Override
  protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> text) {
    return new NumericTimeDeserializer(text, type, unit);
  }

  /** Gives precedence to an annotation that specifies a property's format. */
  @Override
  public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property)
      throws com.fasterxml.jackson.databind.JsonMappingException {
    JsonFormat.Value format = findFormatOverrides(context, property, type);
    boolean annotated =
        format.hasPattern()
            || format.getFeature(JsonFormat.Feature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS) != null;
    return annotated
        ? context.handleSecondaryContextualization(
            _delegatee, property, context.constructType(type))
        : super.createContextual(context, property);
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      return fromNumber(parser.getDecimalValue(), context);
    }
    if (token == JsonToken.VALUE_STRING) {
      String text = parser.getText().strip();
      if (text.isEmpty()) {
        return context.handleWeirdStringValue(type, text, "no time");
      }
      if (isMoment() && NUMBER.matcher(text).matches()) {
        return fromNumber(new BigDecimal(text), context);
      }
    }
    return super.deserialize(parser, context);
  }

  /**
   * Returns whether a number of units can express a value of the type; for a local date, for
   * instance, it can't.
   */
  private boolean isMoment() {
    return type == Instant.class
        || type == OffsetDateTime.class
        || type == ZonedDateTime.class
        || type == Duration.class
        || Date.class.isAssignableFrom(type)
        || Calendar.class.isAssignableFrom(type);
  }

  private Object fromNumber(BigDecimal number, DeserializationContext context) throws IOException {
    if (unit == NumericTimes.REFUSED || !isMoment()) {
      return context.handleWeirdNumberValue(type, number, isMoment() ? NO_UNIT : "no time");
    }
    try {
      if (type == Duration.class) {
        return unit.duration(number);
      }
      Instant instant = unit.instant(number);
      if (type == Instant.class) {
        return instant;
      }
      if (type == OffsetDateTime.class) {
        return instant.atOffset(ZoneOffset.UTC);
      }
      return type == ZonedDateTime.class
          ? instant.atZone(ZoneOffset.UTC)
          : fromMillis(instant.toEpochMilli(), context);
    } catch (DateTimeException | ArithmeticException e) {
      return context.handleWeirdNumberValue(type, number, OUT_OF_RANGE);
    }
  }

  /**
   * Returns a value of a class of {@code java.util} or {@code java.sql}, which Jackson reads from
   * milliseconds.
   */
  private Object fromMillis(long millis, DeserializationContext context) throws IOException {
    try (JsonParser number = new TreeTraversingParser(LongNode.valueOf(millis))) {
      number.nextToken();
      return super.deserialize(number, context);
    }
  }
}
