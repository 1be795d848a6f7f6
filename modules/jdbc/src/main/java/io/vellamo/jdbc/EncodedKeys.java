package io.vellamo.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of one or two keys as the database writes them. Encoded, each has its number of
 * characters in front, as {@link OrderedColumns#encoded} makes it in SQL.
 */
record EncodedKeys(List<String> values) {
  EncodedKeys {
    values = List.copyOf(values);
  }

  static EncodedKeys decode(String encoded) {
    List<String> values = new ArrayList<>();
    int at = 0;
    while (at < encoded.length()) {
      int colon = encoded.indexOf(':', at);
      int length = Integer.parseInt(encoded.substring(at, colon));
      at = encoded.offsetByCodePoints(colon + 1, length);
      values.add(encoded.substring(colon + 1, at));
    }
    return new EncodedKeys(values);
  }

  String encoded() {
    StringBuilder encoded = new StringBuilder();
    for (String value : values) {
      encoded.append(value.codePointCount(0, value.length())).append(':').append(value);
    }
    return encoded.toString();
  }

  boolean isNone() {
    return values.isEmpty();
  }

  int size() {
    return values.size();
  }

  /** Returns the last key, of a number of columns; none if there is none. */
  EncodedKeys last(int columns) {
    return isNone() ? this : new EncodedKeys(values.subList(size() - columns, size()));
  }

  EncodedKeys then(EncodedKeys later) {
    List<String> both = new ArrayList<>(values);
    both.addAll(later.values);
    return new EncodedKeys(both);
  }

  /** Sets the first parameters of a statement. */
  void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < size(); i++) {
      statement.setString(i + 1, values.get(i));
    }
  }
}
