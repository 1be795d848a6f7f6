package io.vellamo.cassandra;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of tables and columns, which become parts of statements. */
final class CqlName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern TABLE = Pattern.compile(NAME + "\\." + NAME);

  private CqlName() {}

  static String requireColumn(String column) {
    if (!NAME.matcher(column).matches()) {
      throw new IllegalArgumentException(
          "column must be a name of letters, digits and _, was [%s]".formatted(column));
    }
    return column;
  }

  static String requireTable(String table) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "table must be a keyspace and a name of letters, digits and _, such as [shop.orders], was [%s]"
              .formatted(table));
    }
    return table;
  }

  static String quoted(String column) {
    return "\"" + column + "\"";
  }

  /** Returns a table's name as statements contain it. */
  static String quotedTable(String table) {
    return quoted(keyspace(table)) + "." + quoted(table.substring(table.indexOf('.') + 1));
  }

  static String keyspace(String table) {
    return table.substring(0, table.indexOf('.'));
  }

  static String listed(List<String> columns) {
    return columns.stream().map(CqlName::quoted).collect(Collectors.joining(", "));
  }
}
