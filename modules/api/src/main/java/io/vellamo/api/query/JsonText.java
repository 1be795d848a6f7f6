package io.vellamo.api.query;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A writer of maps, lists, strings, numbers and booleans as JSON (RFC 8259). */
final class JsonText {
  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();
  private final boolean pretty;
  private int level;

  private JsonText(boolean pretty) {
    this.pretty = pretty;
  }

  static String line(Map<String, @Nullable Object> fields) {
    return new JsonText(false).value(fields).text.toString();
  }

  static String pretty(Map<String, @Nullable Object> fields) {
    return new JsonText(true).value(fields).text.toString();
  }

  private JsonText value(@Nullable Object value) {
    if (value instanceof Map<?, ?> fields) {
      object(fields);
    } else if (value instanceof List<?> values) {
      array(values);
    } else if (value instanceof String string) {
      quoted(string);
    } else {
      // The text of numbers, booleans and null is JSON in every locale.
      text.append(value);
    }
    return this;
  }

  private void object(Map<?, ?> fields) {
    text.append('{');
    level++;
    Iterator<? extends Map.Entry<?, ?>> entries = fields.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      newLine();
      quoted((String) entry.getKey());
      text.append(pretty ? " : " : ":");
      value(entry.getValue());
      separator(entries.hasNext());
    }
    level--;
    close(fields.isEmpty(), '}');
  }

  private void array(List<?> values) {
    text.append('[');
    level++;
    Iterator<?> all = values.iterator();
    while (all.hasNext()) {
      newLine();
      value(all.next());
      separator(all.hasNext());
    }
    level--;
    close(values.isEmpty(), ']');
  }

  private void separator(boolean hasNext) {
    if (hasNext) {
      text.append(',');
    }
  }

  private void close(boolean isEmpty, char bracket) {
    if (!isEmpty) {
      newLine();
    }
    text.append(bracket);
  }

  private void newLine() {
    if (pretty) {
      text.append('\n').append(INDENT.repeat(level));
    }
  }

  private void quoted(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char character = string.charAt(i);
      if (character == '"' || character == '\\') {
        text.append('\\').append(character);
      } else if (isPairAt(string, i)) {
        text.append(character).append(string.charAt(++i));
      } else if (Character.isISOControl(character)
          || Character.isSurrogate(character)
          || character == '\u2028'
          || character == '\u2029') {
        escaped(character);
      } else {
        text.append(character);
      }
    }
    text.append('"');
  }

  private static boolean isPairAt(String string, int i) {
    return i + 1 < string.length()
        && Character.isSurrogatePair(string.charAt(i), string.charAt(i + 1));
  }

  private void escaped(char character) {
    String hex = Integer.toHexString(character);
    text.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
  }
}
