package io.vellamo.persistence.codec.record;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of an array, which is that of a list of its elements.
 *
 * @param elementType the class of the elements
 * @param element the form of an element
 */
record ArrayForm(Class<?> elementType, Form element) implements Form {
  /** Space for more elements than this is not reserved: a damaged count must not fill the heap. */
  private static final int MOST_EXPECTED = 1_000;

  @Override
  public void write(@Nullable Object array, RecordOutput out) {
    if (array == null) {
      out.writeByte(0);
      return;
    }
    out.enter();
    if (array instanceof long[] numbers) {
      out.writeUnsigned(numbers.length + 1L);
      for (long each : numbers) {
        out.writeLong(each);
      }
    } else {
      int length = Array.getLength(array);
      out.writeUnsigned(length + 1L);
      for (int i = 0; i < length; i++) {
        element.write(Array.get(array, i), out);
      }
    }
    out.leave();
  }

  @Override
  public @Nullable Object read(RecordInput in) {
    int length = in.readCount();
    if (length < 0) {
      return null;
    }
    in.enter();
    Object array = elementType == long.class ? longs(in, length) : elements(in, length);
    in.leave();
    return array;
  }

  private static long[] longs(RecordInput in, int length) {
    long[] numbers = new long[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = in.readLong();
    }
    return numbers;
  }

  private Object elements(RecordInput in, int length) {
    List<@Nullable Object> elements = new ArrayList<>(Math.min(length, MOST_EXPECTED));
    for (int i = 0; i < length; i++) {
      elements.add(element.read(in));
    }
    Object array = Array.newInstance(elementType, length);
    for (int i = 0; i < length; i++) {
      Array.set(array, i, elements.get(i));
    }
    return array;
  }
}
