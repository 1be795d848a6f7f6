package io.vellamo.persistence.codec;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.codec.record.RecordForm;
import io.vellamo.persistence.codec.record.RecordLayout;

/**
 * The types of stored values: the name of the class, followed by the layout of the bytes if they
 * are in record form. A record of the journal holds each type once. Rows and events thus carry
 * their layouts with them: their classes are known only when a value is written.
 */
final class StoredTypes {
  /** The first character of a layout, which no name of a class contains. */
  private static final char LAYOUT = '{';

  private StoredTypes() {}

  /** Returns the type of values of a class that Jackson writes. */
  static String byName(Class<?> type) {
    return type.getName();
  }

  /** Returns the type of values of a class in record form. */
  static String of(Class<?> type, RecordForm form) {
    return type.getName() + form.layout().text();
  }

  /** Returns the name of the class of a type. */
  static String className(String type) {
    int layout = type.indexOf(LAYOUT);
    return layout < 0 ? type : type.substring(0, layout);
  }

  /**
   * Returns a value as CBOR.
   *
   * @param role the purpose of its class, such as {@code row}
   * @throws SerializationException if it is in record form and damaged
   */
  static byte[] byName(StoredValue value, String role) {
    int layout = value.type().indexOf(LAYOUT);
    if (layout < 0) {
      return value.bytes();
    }
    String text = value.type().substring(layout);
    RecordLayout known;
    try {
      known = RecordLayout.of(text);
    } catch (RuntimeException e) {
      throw new SerializationException(
          className(value.type()),
          "layout of a %s must be that of a record, was [%s]; restore the journal, or use a newer Vellamo"
              .formatted(role, text),
          e);
    }
    return RecordLayouts.byName(known, value.bytes(), 0, className(value.type()), role);
  }
}
