package io.vellamo.persistence.codec.record;

import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The form of a type: its layout, and a writer and reader, which are generated for records.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> An unchecked exception for a value that the form can't carry, or for bytes that
 * are not those of a value. Jackson can then write the value, or words the refusal.
 */
public final class RecordForm {
  private final Class<?> raw;
  private final RecordLayout layout;
  private final Form form;
  private final NumberForm numbers;
  private final byte[] id;

  private RecordForm(Class<?> raw, RecordLayout layout, Form form, NumberForm numbers) {
    this.raw = raw;
    this.layout = layout;
    this.form = form;
    this.numbers = numbers;
    this.id = new byte[layout.idLength()];
    for (int i = 0; i < id.length; i++) {
      id[i] = (byte) (layout.id() >>> ((id.length - 1 - i) * Byte.SIZE));
    }
  }

  /**
   * Returns the form of a type for values, or null if it has none.
   *
   * @param isPlain returns whether a record or enum is written as its components or names say
   */
  public static @Nullable RecordForm ofValues(ResolvedType type, Predicate<Class<?>> isPlain) {
    return of(type, new RecordFormBuilder(isPlain, false), NumberForm.AS_GIVEN);
  }

  /**
   * Returns the form of a type for keys, or null if it has none: components in the order of their
   * names, and neither sets nor maps, whose order is not that of their contents.
   *
   * @param isPlain returns whether a record or enum is written as its components or names say
   * @param numbers the one form of equal numbers
   */
  public static @Nullable RecordForm ofKeys(
      ResolvedType type, Predicate<Class<?>> isPlain, NumberForm numbers) {
    return of(type, new RecordFormBuilder(isPlain, true), numbers);
  }

  private static @Nullable RecordForm of(
      ResolvedType type, RecordFormBuilder builder, NumberForm numbers) {
    Form form = builder.build(type);
    return form == null
        ? null
        : new RecordForm(
            MethodType.methodType(type.raw()).wrap().returnType(),
            RecordLayout.of(builder.layout()),
            form,
            numbers);
  }

  /** Returns the layout. */
  public RecordLayout layout() {
    return layout;
  }

  /** Returns a prefix followed by the layout's id, as the front of values. */
  public byte[] front(byte[] prefix) {
    byte[] front = Arrays.copyOf(prefix, prefix.length + id.length);
    System.arraycopy(id, 0, front, prefix.length, id.length);
    return front;
  }

  /** Returns a front and the bytes of a value. */
  public byte[] write(byte[] front, Object value) {
    try (RecordOutput out = RecordOutput.open(numbers)) {
      out.writeFront(front);
      return written(value, out);
    }
  }

  /** Returns the bytes of a value. */
  public byte[] write(Object value) {
    try (RecordOutput out = RecordOutput.open(numbers)) {
      return written(value, out);
    }
  }

  private byte[] written(Object value, RecordOutput out) {
    if (!raw.isInstance(value)) {
      throw new IllegalArgumentException("a value of another class");
    }
    form.write(value, out);
    return out.toByteArray();
  }

  /** Returns whether bytes begin, at an index, with the id of this form's layout. */
  public boolean isAt(byte[] bytes, int start) {
    return RecordLayout.isIdAt(bytes, start) && RecordLayout.idAt(bytes, start) == layout.id();
  }

  /**
   * Reads a value.
   *
   * @param bytes the bytes
   * @param start the index of the first byte after the id
   */
  public Object read(byte[] bytes, int start) {
    RecordInput in = new RecordInput(bytes, start);
    Object value = form.read(in);
    in.requireEnd();
    if (value == null) {
      throw new IllegalArgumentException("bytes must be those of a value, are those of null");
    }
    return value;
  }
}
