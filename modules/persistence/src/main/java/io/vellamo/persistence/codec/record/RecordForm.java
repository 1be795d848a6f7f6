package io.vellamo.persistence.codec.record;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The form of a record class: its layout, and a writer and reader generated for it.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> An unchecked exception for a value that the form can't carry, or for bytes that
 * are not those of a value. Jackson can then write the value, or words the refusal.
 */
public final class RecordForm {
  private static final int SMALLEST = 32;
  private static final int LARGEST_EXPECTED = 64 * 1024;

  private final Class<?> type;
  private final RecordLayout layout;
  private final Form form;
  private final NumberForm numbers;
  private final byte[] id;

  // The size of a recent value; a race between threads costs a copy at most.
  private int expectedSize = SMALLEST;

  private RecordForm(Class<?> type, RecordLayout layout, Form form, NumberForm numbers) {
    this.type = type;
    this.layout = layout;
    this.form = form;
    this.numbers = numbers;
    RecordOutput out = new RecordOutput(RecordLayout.ID_LENGTH, numbers);
    for (int shift = 24; shift >= 0; shift -= Byte.SIZE) {
      out.writeByte(layout.id() >>> shift);
    }
    this.id = out.toByteArray();
  }

  /**
   * Returns the form of a class for values, or null if it has none.
   *
   * @param isPlain returns whether a record or enum is written as its components or names say
   */
  public static @Nullable RecordForm ofValues(Class<?> type, Predicate<Class<?>> isPlain) {
    RecordFormBuilder builder = new RecordFormBuilder(isPlain, false);
    Form form = builder.build(type);
    return form == null
        ? null
        : new RecordForm(type, RecordLayout.of(builder.layout()), form, NumberForm.AS_GIVEN);
  }

  /**
   * Returns the form of a class for keys, or null if it has none: components in the order of their
   * names, and neither sets nor maps, whose order is not that of their contents.
   *
   * @param isPlain returns whether a record or enum is written as its components or names say
   * @param numbers the one form of equal numbers
   */
  public static @Nullable RecordForm ofKeys(
      Class<?> type, Predicate<Class<?>> isPlain, NumberForm numbers) {
    RecordFormBuilder builder = new RecordFormBuilder(isPlain, true);
    Form form = builder.build(type);
    return form == null
        ? null
        : new RecordForm(type, RecordLayout.of(builder.layout()), form, numbers);
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

  /** Returns a front and the components of a value. */
  public byte[] write(byte[] front, Object value) {
    RecordOutput out = output();
    out.writeFront(front);
    return written(value, out);
  }

  /** Returns the components of a value. */
  public byte[] write(Object value) {
    return written(value, output());
  }

  private RecordOutput output() {
    return new RecordOutput(expectedSize, numbers);
  }

  private byte[] written(Object value, RecordOutput out) {
    if (value.getClass() != type) {
      throw new IllegalArgumentException("a value of another class");
    }
    form.write(value, out);
    if (out.size() <= LARGEST_EXPECTED) {
      expectedSize = Math.max(out.size(), SMALLEST);
    }
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
   * @param start the index of the first component
   */
  public Object read(byte[] bytes, int start) {
    RecordInput in = new RecordInput(bytes, start);
    Object value = form.read(in);
    in.requireEnd();
    if (value == null) {
      throw new AssertionError("a record's form reads a record");
    }
    return value;
  }
}
