package io.vellamo.jdbc;

import io.vellamo.api.source.SourceException;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of an order, and the parts of PostgreSQL's statements that name them.
 *
 * @param order the columns as the user has named them
 * @param types their types, for casts of parameters
 */
record OrderedColumns(JdbcOrder order, List<String> types) {
  private static final Dialect DIALECT = Dialect.POSTGRESQL;

  /** Types whose texts are exact. */
  private static final Set<String> SUPPORTED =
      Set.of(
          "int2",
          "int4",
          "int8",
          "numeric",
          "text",
          "varchar",
          "uuid",
          "date",
          "timestamp",
          "timestamptz");

  /** The driver's names of types with a sequence. */
  private static final Map<String, String> SERIAL =
      Map.of("smallserial", "int2", "serial", "int4", "bigserial", "int8");

  /** Looks the types up. */
  static OrderedColumns of(Connection connection, String table, JdbcOrder order, String description)
      throws SQLException {
    List<String> types = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      ResultSetMetaData found =
          statement
              .executeQuery(
                  "SELECT %s FROM %s WHERE FALSE"
                      .formatted(DIALECT.listed(order.columns()), DIALECT.quotedPath(table)))
              .getMetaData();
      for (int i = 1; i <= order.columns().size(); i++) {
        String name = found.getColumnTypeName(i);
        String type = SERIAL.getOrDefault(name, name);
        if (!SUPPORTED.contains(type) || found.isNullable(i) != ResultSetMetaData.columnNoNulls) {
          throw new SourceException(
              description,
              "column [%s] of source [%s] must be NOT NULL and of a type of %s, was [%s]; order the table by other columns"
                  .formatted(
                      order.columns().get(i - 1),
                      description,
                      SUPPORTED.stream().sorted().toList(),
                      type),
              null);
        }
        types.add(type);
      }
    }
    return new OrderedColumns(order, types);
  }

  int count() {
    return types.size();
  }

  /** Returns the expression of a key as {@link EncodedKeys} encodes it. */
  String encoded() {
    return order.columns().stream()
        .map(column -> "CAST(%s AS text)".formatted(DIALECT.quoted(column)))
        .map(text -> "CHAR_LENGTH(%s) || ':' || %s".formatted(text, text))
        .collect(Collectors.joining(" || "));
  }

  String listed(String direction) {
    return order.columns().stream()
        .map(column -> DIALECT.quoted(column) + direction)
        .collect(Collectors.joining(", "));
  }

  /** Returns the condition of rows whose time has come; a later time would be the end at once. */
  String hasCome() {
    return order.isByTime()
        ? DIALECT.quoted(order.columns().get(0)) + " <= CURRENT_TIMESTAMP"
        : "TRUE";
  }

  String after() {
    return compared(">");
  }

  /** Returns the condition of rows up to a key, after another one if there is one. */
  String between(boolean isAfter) {
    return isAfter ? after() + " AND " + compared("<=") : compared("<=");
  }

  private String compared(String operator) {
    String keys =
        types.stream()
            .map(type -> "CAST(? AS %s)".formatted(type))
            .collect(Collectors.joining(", "));
    return "(%s) %s (%s)".formatted(listed(""), operator, keys);
  }

  @Override
  public String toString() {
    return order.toString();
  }
}
