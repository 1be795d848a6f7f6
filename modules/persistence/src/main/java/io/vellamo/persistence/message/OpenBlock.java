package io.vellamo.persistence.message;

import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The layout of a report, to which later versions append fields: the fields are preceded by their
 * length, and a reader ignores those behind the ones that it knows.
 *
 * <p>A field is never removed, and a reader takes a default for one that an earlier version does
 * not write. Anything else is a new form.
 */
final class OpenBlock {
  private OpenBlock() {}

  static <T> void write(T value, BiConsumer<T, BinaryOutput> writer, BinaryOutput out) {
    out.writeBytes(FormBytes.write(value, writer));
  }

  static <T> T read(Function<BinaryInput, T> reader, BinaryInput in) {
    return reader.apply(new BinaryInput(in.readBytes()));
  }
}
