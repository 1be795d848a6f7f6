package io.vellamo.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The classes of values that columns can have, and their JDBC types. */
final class JdbcValues {
  private static final Map<Class<?>, Class<?>> WRAPPERS =
      Map.of(
          boolean.class, Boolean.class,
          short.class, Short.class,
          int.class, Integer.class,
          long.class, Long.class,
          float.class, Float.class,
          double.class, Double.class);

  private static final Map<Class<?>, Integer> TYPES =
      Map.ofEntries(
          Map.entry(String.class, Types.VARCHAR),
          Map.entry(Boolean.class, Types.BOOLEAN),
          Map.entry(Short.class, Types.SMALLINT),
          Map.entry(Integer.class, Types.INTEGER),
          Map.entry(Long.class, Types.BIGINT),
          Map.entry(Float.class, Types.REAL),
          Map.entry(Double.class, Types.DOUBLE),
          Map.entry(BigDecimal.class, Types.NUMERIC),
          Map.entry(Instant.class, Types.TIMESTAMP_WITH_TIMEZONE),
          Map.entry(OffsetDateTime.class, Types.TIMESTAMP_WITH_TIMEZONE),
          Map.entry(LocalDateTime.class, Types.TIMESTAMP),
          Map.entry(LocalDate.class, Types.DATE),
          Map.entry(LocalTime.class, Types.TIME),
          Map.entry(byte[].class, Types.VARBINARY));

  private JdbcValues() {}

  /** Returns the class itself, or that of its values if it is a primitive. */
  static Class<?> boxed(Class<?> type) {
    return WRAPPERS.getOrDefault(type, type);
  }

  static boolean isSupported(Class<?> type) {
    Class<?> boxed = boxed(type);
    return TYPES.containsKey(boxed) || boxed == UUID.class || boxed.isEnum();
  }

  /** Sets a parameter to a value of a supported class, or to null. */
  static void set(PreparedStatement statement, int index, Class<?> type, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, TYPES.getOrDefault(boxed(type), nullType(type)));
    } else if (value instanceof Instant instant) {
      statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
    } else if (value instanceof Enum<?> constant) {
      statement.setString(index, constant.name());
    } else if (value instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else {
      statement.setObject(index, value);
    }
  }

  private static int nullType(Class<?> type) {
    return type.isEnum() ? Types.VARCHAR : Types.OTHER;
  }

  /**
   * Reads a column of a supported class; null if it is null. Numbers are read by the driver's
   * getters, which convert between their types: {@code getObject(column, Long.class)} refuses an
   * {@code integer} in PostgreSQL.
   */
  static @Nullable Object get(ResultSet row, String column, Class<?> type) throws SQLException {
    Class<?> boxed = boxed(type);
    Object value = getNumber(row, column, boxed);
    if (value != null) {
      return row.wasNull() ? null : value;
    }
    if (type == Instant.class) {
      OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
      return time == null ? null : time.toInstant();
    }
    if (type.isEnum()) {
      String name = row.getString(column);
      return name == null ? null : constant(type, name);
    }
    if (type == String.class) {
      return row.getString(column);
    }
    if (type == BigDecimal.class) {
      return row.getBigDecimal(column);
    }
    return type == byte[].class ? row.getBytes(column) : row.getObject(column, type);
  }

  /** Reads a number or truth value; returns null if the class is neither. */
  private static @Nullable Object getNumber(ResultSet row, String column, Class<?> boxed)
      throws SQLException {
    if (boxed == Long.class) {
      return row.getLong(column);
    }
    if (boxed == Integer.class) {
      return row.getInt(column);
    }
    if (boxed == Double.class) {
      return row.getDouble(column);
    }
    if (boxed == Boolean.class) {
      return row.getBoolean(column);
    }
    if (boxed == Short.class) {
      return row.getShort(column);
    }
    return boxed == Float.class ? row.getFloat(column) : null;
  }

  /** Finds a constant without {@code Enum.valueOf}, whose message would quote the value. */
  private static Object constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new RowFaultException(
        "value must be a constant of [%s]".formatted(type.getSimpleName()), null);
  }
}
