package io.vellamo.persistence.codec;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import io.vellamo.api.internal.CompositeForm;
import io.vellamo.api.internal.DirectForm;
import io.vellamo.engine.group.StateCodec;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A codec of several values: a mark, and the bytes of each value, preceded by 0 and their number as
 * a varint unless its form tells its own end and begins with another byte. The layout must never
 * change.
 */
final class CompositeCodec implements StateCodec<Object[]> {
  /** The first byte, which is that of no CBOR. */
  static final byte MARK = (byte) 0xf1;

  /** The first byte of a value with a length. */
  static final byte WITH_LENGTH = 0;

  private final StateCodec<Object>[] parts;
  private final @Nullable DirectForm<Object>[] direct;
  private final RecordLayouts layouts;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a type with arguments
  private CompositeCodec(StateCodec<Object>[] parts, RecordLayouts layouts) {
    this.parts = parts;
    this.direct = new DirectForm[parts.length];
    this.layouts = layouts;
  }

  /** Returns the codec of a type whose serializer is a composite form. */
  @SuppressWarnings("unchecked") // the type is that of the form
  static <S> StateCodec<S> of(StateType<S> type, CompositeForm form, RecordLayouts layouts) {
    return (StateCodec<S>) of(form.parts(), layouts);
  }

  /** Returns the codec of values of some types. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // each codec gets the values of its own part
  static CompositeCodec of(List<StateType<?>> types, RecordLayouts layouts) {
    StateCodec<Object>[] parts = new StateCodec[types.size()];
    CompositeCodec codec = new CompositeCodec(parts, layouts);
    for (int place = 0; place < parts.length; place++) {
      StateType type = types.get(place);
      parts[place] = JacksonStateCodec.of(type, layouts);
      codec.direct[place] = type.serializer().orElse(null) instanceof DirectForm form ? form : null;
    }
    return codec;
  }

  @Override
  public byte[] write(Object[] values) {
    try (BufferWriter out = BufferWriter.open()) {
      out.writeByte(MARK);
      write(values, out);
      return out.toByteArray();
    }
  }

  void write(Object[] values, BufferWriter out) {
    for (int place = 0; place < parts.length; place++) {
      DirectForm<Object> form = direct[place];
      if (form != null) {
        form.write(values[place], out);
      } else {
        byte[] bytes = parts[place].write(values[place]);
        out.writeByte(WITH_LENGTH);
        out.writeCount(bytes.length);
        out.writeBytes(bytes);
      }
    }
  }

  @Override
  public Object[] read(byte[] bytes) {
    try {
      BufferReader in = new BufferReader(bytes);
      requireByte(MARK, in);
      Object[] values = read(in);
      if (in.remaining() > 0) {
        throw new IllegalArgumentException("more bytes than values");
      }
      return values;
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw unreadable(bytes.length, e);
    }
  }

  Object[] read(BufferReader in) {
    Object[] values = new Object[parts.length];
    for (int place = 0; place < parts.length; place++) {
      DirectForm<Object> form = direct[place];
      values[place] = form != null ? form.read(in) : parts[place].read(withLength(in));
    }
    return values;
  }

  /** Returns the bytes of a value with a length. */
  private static byte[] withLength(BufferReader in) {
    requireByte(WITH_LENGTH, in);
    return in.readBytes(Math.toIntExact(in.readCount()));
  }

  /**
   * Reads a byte that must be the next one.
   *
   * @throws IllegalArgumentException if it is not
   */
  static void requireByte(byte expected, BufferReader in) {
    int found = in.readByte();
    if ((byte) found != expected) {
      throw new IllegalArgumentException(
          "next byte must be [%d], was [%d]".formatted(expected & 0xff, found & 0xff));
    }
  }

  /** Returns the exception for bytes that are not those of these values. */
  SerializationException unreadable(int size, RuntimeException cause) {
    return new SerializationException(
        "Object[]",
        "buffers of [%d] bytes can't be read as those of [%d] aggregates; the aggregation has other aggregates than the one that wrote them, start a query of another name"
            .formatted(size, parts.length),
        JacksonSupport.withoutPayload(cause));
  }

  @Override
  public boolean isImmutable() {
    return false;
  }

  @Override
  public String shape() {
    return Arrays.stream(parts).map(StateCodec::shape).collect(Collectors.joining("|", "[", "]"));
  }

  @Override
  public RecordLayouts layouts() {
    return layouts;
  }
}
