package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The conversion of forms to byte arrays, and the errors of those that can't be read. */
final class FormBytes {
  private static final String REMEDY =
      "; run versions of Vellamo on the nodes that are no further apart than one release";

  private FormBytes() {}

  /** Returns the bytes of a form. */
  static <T> byte[] write(T value, BiConsumer<T, BinaryOutput> writer) {
    BinaryOutput out = new BinaryOutput();
    writer.accept(value, out);
    return out.toByteArray();
  }

  /**
   * Returns the value of a form.
   *
   * @param what what the value is, for messages
   * @param reader reads all of the bytes
   * @throws SerializationException if they are not a form of this value
   */
  static <T> T read(String what, byte[] bytes, Function<BinaryInput, T> reader) {
    BinaryInput in = new BinaryInput(bytes);
    T value;
    try {
      value = reader.apply(in);
    } catch (SerializationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw damaged(what, bytes, e);
    }
    if (!in.isAtEnd()) {
      throw damaged(what, bytes, null);
    }
    return value;
  }

  /** Returns the exception for the number of a form that this version does not know. */
  static SerializationException unknown(String what, int number) {
    return new SerializationException(
        what,
        "%s must have a form that this node knows, has form [%d]".formatted(what, number & 0xff)
            + REMEDY,
        null);
  }

  private static SerializationException damaged(
      String what, byte[] bytes, @Nullable RuntimeException cause) {
    return new SerializationException(
        what,
        "%s must be whole and of one of its forms, can't be read from [%d] bytes"
                .formatted(what, bytes.length)
            + REMEDY,
        cause);
  }
}
