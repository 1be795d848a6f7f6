package io.vellamo.persistence.codec;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.codec.record.RecordForm;
import io.vellamo.persistence.codec.record.RecordLayout;
import io.vellamo.persistence.codec.record.ResolvedType;
import java.text.ParsePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The types of stored values: the name of the class, followed by the layout of the bytes if they
 * are in record form: {@code com.example.Visit:{user:text}}. A pair is then followed by the classes
 * of its key and value, in angle brackets. A record of the journal holds each type once. Rows and
 * events thus carry their layouts with them: their classes are known only when a value is written.
 */
final class StoredTypes {
  /** The character before a layout, which no name of a class contains. */
  private static final char LAYOUT = ':';

  private StoredTypes() {}

  /** Returns the type of values of a class that Jackson writes. */
  static String byName(Class<?> type) {
    return type.getName();
  }

  /** Returns the type of values of a type in record form. */
  static String of(ResolvedType type, RecordForm form) {
    return type.toString() + LAYOUT + form.layout().text();
  }

  /** Returns the name of the class of a type. */
  static String className(String type) {
    return type.substring(0, end(type, 0));
  }

  /** Returns whether values of a type are in record form. */
  static boolean hasLayout(String type) {
    return type.indexOf(LAYOUT) >= 0;
  }

  /**
   * Returns the class of a type, with those of a pair's key and value.
   *
   * @param find returns the class of a name
   */
  static ResolvedType resolved(String type, Function<String, Class<?>> find) {
    return resolved(type, new ParsePosition(0), find);
  }

  private static ResolvedType resolved(
      String type, ParsePosition position, Function<String, Class<?>> find) {
    int end = end(type, position.getIndex());
    Class<?> raw = find.apply(type.substring(position.getIndex(), end));
    position.setIndex(end);
    List<ResolvedType> arguments = new ArrayList<>();
    if (end < type.length() && type.charAt(end) == '<') {
      do {
        position.setIndex(position.getIndex() + 1);
        arguments.add(resolved(type, position, find));
      } while (position.getIndex() < type.length() && type.charAt(position.getIndex()) == ',');
      position.setIndex(position.getIndex() + 1);
    }
    return new ResolvedType(raw, arguments);
  }

  /** Returns the index at which the name of a class ends. */
  private static int end(String type, int start) {
    int end = start;
    while (end < type.length() && "<,>:".indexOf(type.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /**
   * Returns a value as CBOR.
   *
   * @param role the purpose of its class, such as {@code row}
   * @throws SerializationException if it is in record form and damaged
   */
  static byte[] byName(StoredValue value, String role) {
    if (!hasLayout(value.type())) {
      return value.bytes();
    }
    String text = value.type().substring(value.type().indexOf(LAYOUT) + 1);
    RecordLayout known;
    try {
      known = RecordLayout.of(text);
    } catch (RuntimeException e) {
      throw new SerializationException(
          className(value.type()),
          "layout of a %s must be that of a value, was [%s]; restore the journal, or use a newer Vellamo"
              .formatted(role, text),
          e);
    }
    return RecordLayouts.byName(known, value.bytes(), 0, className(value.type()), role);
  }
}
