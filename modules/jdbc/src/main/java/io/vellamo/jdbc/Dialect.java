package io.vellamo.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words of a database for names and upserts. */
enum Dialect {
  POSTGRESQL {
    @Override
    String quoted(String name) {
      return "\"" + name + "\"";
    }

    @Override
    String upsert(String table, List<String> columns, List<String> keys) {
      List<String> others = columns.stream().filter(column -> !keys.contains(column)).toList();
      String action =
          others.isEmpty()
              ? "NOTHING"
              : others.stream()
                  .map(column -> quoted(column) + " = EXCLUDED." + quoted(column))
                  .collect(Collectors.joining(", ", "UPDATE SET ", ""));
      return insert(table, columns) + " ON CONFLICT (" + listed(keys) + ") DO " + action;
    }
  },

  H2 {
    @Override
    String quoted(String name) {
      return "\"" + name.toUpperCase(Locale.ROOT) + "\"";
    }

    @Override
    String upsert(String table, List<String> columns, List<String> keys) {
      return "MERGE INTO %s (%s) KEY (%s) VALUES (%s)"
          .formatted(quotedPath(table), listed(columns), listed(keys), marks(columns));
    }
  },

  OTHER {
    @Override
    String upsert(String table, List<String> columns, List<String> keys) {
      throw new IllegalArgumentException(
          "database must be PostgreSQL or H2 for upsert(table, ...); use statement(sql, binder)"
              + " with the database's own upsert");
    }
  };

  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    return switch (product) {
      case "postgresql" -> POSTGRESQL;
      case "h2" -> H2;
      default -> OTHER;
    };
  }

  abstract String upsert(String table, List<String> columns, List<String> keys);

  String insert(String table, List<String> columns) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(quotedPath(table), listed(columns), marks(columns));
  }

  /** Returns a name as the database's statements contain it. */
  String quoted(String name) {
    return name;
  }

  /** Returns the name of a table, which may have a schema in front. */
  String quotedPath(String table) {
    return List.of(table.split("\\.", -1)).stream()
        .map(this::quoted)
        .collect(Collectors.joining("."));
  }

  String listed(List<String> names) {
    return names.stream().map(this::quoted).collect(Collectors.joining(", "));
  }

  private static String marks(List<String> columns) {
    return columns.stream().map(column -> "?").collect(Collectors.joining(", "));
  }
}
