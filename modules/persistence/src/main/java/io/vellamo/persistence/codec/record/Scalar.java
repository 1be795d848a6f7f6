package io.vellamo.persistence.codec.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A type whose values have no parts.
 *
 * @param layout its name in layouts, which must never change; all whole numbers have one, so that
 *     one may be widened without another layout
 * @param type the class
 * @param method the part of the names of the methods that write and read it; empty if there are
 *     none
 * @param form writes and reads its values, null included unless it is primitive
 */
record Scalar(String layout, Class<?> type, String method, Form form) {
  private static final List<Scalar> ALL = new ArrayList<>();
  private static final Map<Class<?>, Scalar> BY_TYPE = new HashMap<>();
  private static final Map<String, Scalar> BY_LAYOUT = new HashMap<>();

  static {
    number("int", byte.class, Byte.class, "Byte", RecordInput::readByte);
    number("int", short.class, Short.class, "Short", RecordInput::readShort);
    number("int", int.class, Integer.class, "Int", RecordInput::readInt);
    number("int", long.class, Long.class, "Long", RecordInput::readLong);
    primitive(
        "boolean",
        boolean.class,
        Boolean.class,
        "Boolean",
        (value, out) -> out.writeBoolean(value),
        RecordInput::readBoolean);
    primitive(
        "char",
        char.class,
        Character.class,
        "Char",
        (value, out) -> out.writeChar(value),
        RecordInput::readChar);
    primitive(
        "float",
        float.class,
        Float.class,
        "Float",
        (value, out) -> out.writeFloat(value),
        RecordInput::readFloat);
    primitive(
        "double",
        double.class,
        Double.class,
        "Double",
        (value, out) -> out.writeDouble(value),
        RecordInput::readDouble);
    object("text", String.class, "Text", RecordOutput::writeText, RecordInput::readText);
    object("bytes", byte[].class, "Bytes", RecordOutput::writeBytes, RecordInput::readBytes);
    object(
        "instant", Instant.class, "Instant", RecordOutput::writeInstant, RecordInput::readInstant);
    object(
        "duration",
        Duration.class,
        "Duration",
        RecordOutput::writeDuration,
        RecordInput::readDuration);
    object("date", LocalDate.class, "Date", RecordOutput::writeDate, RecordInput::readDate);
    object("time", LocalTime.class, "Time", RecordOutput::writeTime, RecordInput::readTime);
    object(
        "datetime",
        LocalDateTime.class,
        "DateTime",
        RecordOutput::writeDateTime,
        RecordInput::readDateTime);
    object(
        "offsetdatetime",
        OffsetDateTime.class,
        "OffsetDateTime",
        RecordOutput::writeOffsetDateTime,
        RecordInput::readOffsetDateTime);
    object("uuid", UUID.class, "Uuid", RecordOutput::writeUuid, RecordInput::readUuid);
    object(
        "integer",
        BigInteger.class,
        "BigInteger",
        RecordOutput::writeBigInteger,
        RecordInput::readBigInteger);
    object(
        "decimal",
        BigDecimal.class,
        "Decimal",
        RecordOutput::writeDecimal,
        RecordInput::readDecimal);
    for (Scalar scalar : ALL) {
      BY_TYPE.put(scalar.type, scalar);
      // The last of several: whole numbers are read as long.
      BY_LAYOUT.put(scalar.layout, scalar);
    }
  }

  /** Returns the scalar of a class, or null if it is none. */
  static @Nullable Scalar of(Class<?> type) {
    return BY_TYPE.get(type);
  }

  /** Returns the scalar of a layout, or null if it is none. */
  static @Nullable Scalar named(String layout) {
    return BY_LAYOUT.get(layout);
  }

  private static <T extends Number> void number(
      String layout, Class<T> type, Class<T> box, String method, Function<RecordInput, T> read) {
    primitive(layout, type, box, method, (value, out) -> out.writeLong(value.longValue()), read);
  }

  private static <T> void primitive(
      String layout,
      Class<T> type,
      Class<T> box,
      String method,
      BiConsumer<T, RecordOutput> write,
      Function<RecordInput, T> read) {
    Form form = new Functions<>(box, write, read);
    ALL.add(new Scalar(layout, type, method, form));
    ALL.add(new Scalar(layout + "?", box, "", new PresentForm(form)));
  }

  private static <T> void object(
      String layout,
      Class<T> type,
      String method,
      BiConsumer<RecordOutput, @Nullable T> write,
      Function<RecordInput, @Nullable T> read) {
    ALL.add(
        new Scalar(
            layout,
            type,
            method,
            new Functions<T>(type, (value, out) -> write.accept(out, value), read)));
  }

  /** A form of two functions. */
  private record Functions<T>(
      Class<T> type,
      BiConsumer<@Nullable T, RecordOutput> write,
      Function<RecordInput, @Nullable T> read)
      implements Form {
    @Override
    public void write(@Nullable Object value, RecordOutput out) {
      write.accept(type.cast(value), out);
    }

    @Override
    public @Nullable Object read(RecordInput in) {
      return read.apply(in);
    }
  }
}
