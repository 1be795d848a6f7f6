package io.vellamo.api.aggregate;

import io.vellamo.api.TypeRef;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One of the values of a group's events, such as the first or the least. Doubles and longs have a
 * layout; the values of other classes have the stored form of records, of which the names of the
 * components are a part.
 *
 * @param exists whether there is a value, which may be null
 * @param value the value
 * @param <T> the values
 */
record KeptValue<T>(boolean exists, @Nullable T value) {
  private static final int NONE = 0;
  private static final int NULL = 1;
  private static final int VALUE = 2;

  private static final StateType<KeptValue<Double>> OF_DOUBLES =
      type(
          BufferLayout.DOUBLE_VALUE,
          (value, out) -> out.writeDouble(value),
          BufferReader::readDouble);

  private static final StateType<KeptValue<Long>> OF_LONGS =
      type(BufferLayout.LONG_VALUE, (value, out) -> out.writeLong(value), BufferReader::readLong);

  static <T> KeptValue<T> none() {
    return new KeptValue<>(false, null);
  }

  static <T> KeptValue<T> of(@Nullable T value) {
    return new KeptValue<>(true, value);
  }

  /** Returns the type of buffers that keep a value of a class. */
  @SuppressWarnings("unchecked") // T is the class
  static <T> StateType<KeptValue<T>> type(Class<T> valueClass) {
    Object type;
    if (valueClass == Double.class) {
      type = OF_DOUBLES;
    } else if (valueClass == Long.class) {
      type = OF_LONGS;
    } else {
      type = StateType.of(TypeRef.<KeptValue<T>>of(KeptValue.class, valueClass));
    }
    return (StateType<KeptValue<T>>) type;
  }

  @SuppressWarnings("unchecked") // a class literal has no type arguments
  private static <T> StateType<KeptValue<T>> type(
      BufferLayout layout, BiConsumer<T, BufferWriter> write, Function<BufferReader, T> read) {
    return LayoutForm.type(
        (Class<KeptValue<T>>) (Class<?>) KeptValue.class,
        layout,
        (kept, out) -> kept.write(out, write),
        in -> read(in, read));
  }

  private void write(BufferWriter out, BiConsumer<T, BufferWriter> write) {
    if (value == null) {
      out.writeByte(exists ? NULL : NONE);
    } else {
      out.writeByte(VALUE);
      write.accept(value, out);
    }
  }

  private static <T> KeptValue<T> read(BufferReader in, Function<BufferReader, T> read) {
    int kind = in.readByte();
    return switch (kind) {
      case NONE -> none();
      case NULL -> of(null);
      case VALUE -> of(read.apply(in));
      default ->
          throw new IllegalArgumentException(
              "kind of a stored value must be from %d to %d, was [%d]; restore it from a backup"
                  .formatted(NONE, VALUE, kind));
    };
  }
}
