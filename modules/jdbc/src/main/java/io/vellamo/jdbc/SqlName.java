package io.vellamo.jdbc;

import java.util.regex.Pattern;

/** Checks of the names of tables and columns, which become parts of statements. */
final class SqlName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");
  private static final Pattern PATH = Pattern.compile(NAME + "(\\." + NAME + ")*");

  private SqlName() {}

  static String requireColumn(String column) {
    return require(NAME, "column", column, "letters, digits and _");
  }

  /** Checks the name of a table, which may have a schema in front. */
  static String requireTable(String table) {
    return require(PATH, "table", table, "letters, digits and _, with a schema in front if needed");
  }

  private static String require(Pattern pattern, String what, String name, String form) {
    if (!pattern.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s must be a name of %s, was [%s]".formatted(what, form, name));
    }
    return name;
  }
}
