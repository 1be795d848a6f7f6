package io.vellamo.cassandra;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The classes of values that columns can have, and their CQL types. */
final class CqlValues {
  private static final Map<Class<?>, String> TYPES =
      Map.ofEntries(
          Map.entry(String.class, "text"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"),
          Map.entry(short.class, "smallint"),
          Map.entry(Short.class, "smallint"),
          Map.entry(int.class, "int"),
          Map.entry(Integer.class, "int"),
          Map.entry(long.class, "bigint"),
          Map.entry(Long.class, "bigint"),
          Map.entry(float.class, "float"),
          Map.entry(Float.class, "float"),
          Map.entry(double.class, "double"),
          Map.entry(Double.class, "double"),
          Map.entry(BigDecimal.class, "decimal"),
          Map.entry(Instant.class, "timestamp"),
          Map.entry(LocalDate.class, "date"),
          Map.entry(LocalTime.class, "time"),
          Map.entry(UUID.class, "uuid"),
          Map.entry(byte[].class, "blob"));

  private CqlValues() {}

  /** Returns the CQL type of a class; null if there is none. */
  static @Nullable String typeOf(Class<?> type) {
    return type.isEnum() ? "text" : TYPES.get(type);
  }

  /**
   * Returns a value as the driver takes it. Instants have milliseconds, as in the table: two rows
   * whose keys differ by less are the same row.
   */
  static @Nullable Object toCql(@Nullable Object value) {
    if (value instanceof Instant instant) {
      return instant.truncatedTo(ChronoUnit.MILLIS);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }
}
