package io.vellamo.persistence.message;

import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The layout of several values of one kind, and of one that may be absent. */
final class ListFormat {
  private ListFormat() {}

  /** Writes the number of some values, then each of them. */
  static <T> void write(
      Collection<? extends T> values, BiConsumer<T, BinaryOutput> writer, BinaryOutput out) {
    out.writeUnsigned(values.size());
    for (T value : values) {
      writer.accept(value, out);
    }
  }

  /** Reads values that take at least one byte each. */
  static <T> List<T> read(Function<BinaryInput, T> reader, BinaryInput in) {
    int count = in.readCount();
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(reader.apply(in));
    }
    return values;
  }

  /** Writes a value, or that there is none. */
  static <T> void write(
      Optional<? extends T> value, BiConsumer<T, BinaryOutput> writer, BinaryOutput out) {
    out.writeByte(value.isPresent() ? 1 : 0);
    value.ifPresent(present -> writer.accept(present, out));
  }

  /** Reads a value, or that there is none. */
  static <T> Optional<T> readOptional(Function<BinaryInput, T> reader, BinaryInput in) {
    return in.readByte() == 0 ? Optional.empty() : Optional.of(reader.apply(in));
  }

  /** Writes a text for people. */
  static void writeShown(String text, BinaryOutput out) {
    out.writeShownText(text);
  }
}
