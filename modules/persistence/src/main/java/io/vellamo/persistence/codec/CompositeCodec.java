package io.vellamo.persistence.codec;

import io.vellamo.api.SerializationException;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.CompositeForm;
import io.vellamo.engine.group.StateCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A codec of several values: for each, its length as a varint and its bytes. The layout must never
 * change.
 */
final class CompositeCodec implements StateCodec<Object[]> {
  private static final int VARINT_BITS = 7;
  private static final int VARINT_MASK = 0x7f;
  private static final int MORE = 0x80;

  private final StateCodec<Object>[] parts;
  private final RecordLayouts layouts;

  private CompositeCodec(StateCodec<Object>[] parts, RecordLayouts layouts) {
    this.parts = parts;
    this.layouts = layouts;
  }

  /** Returns the codec of a type whose serializer is a composite form. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // each codec gets the values of its own part
  static <S> StateCodec<S> of(StateType<S> type, CompositeForm form, RecordLayouts layouts) {
    List<StateCodec<?>> codecs = new ArrayList<>();
    form.parts().forEach(part -> codecs.add(JacksonStateCodec.of(part, layouts)));
    StateCodec<Object>[] parts = codecs.toArray(new StateCodec[0]);
    return (StateCodec<S>) new CompositeCodec(parts, layouts);
  }

  @Override
  public byte[] write(Object[] values) {
    byte[][] written = new byte[parts.length][];
    int size = 0;
    for (int place = 0; place < parts.length; place++) {
      written[place] = parts[place].write(values[place]);
      size += varintSize(written[place].length) + written[place].length;
    }
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] part : written) {
      at = putVarint(all, at, part.length);
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  @Override
  public Object[] read(byte[] bytes) {
    Object[] values = new Object[parts.length];
    int at = 0;
    for (int place = 0; place < parts.length; place++) {
      int length = 0;
      int shift = 0;
      int next;
      do {
        if (at == bytes.length) {
          throw otherParts(bytes);
        }
        next = bytes[at++];
        length |= (next & VARINT_MASK) << shift;
        shift += VARINT_BITS;
      } while ((next & MORE) != 0);
      if (length < 0 || length > bytes.length - at) {
        throw otherParts(bytes);
      }
      values[place] = parts[place].read(Arrays.copyOfRange(bytes, at, at + length));
      at += length;
    }
    if (at != bytes.length) {
      throw otherParts(bytes);
    }
    return values;
  }

  private SerializationException otherParts(byte[] bytes) {
    return new SerializationException(
        "Object[]",
        "buffers of [%d] bytes can't be read as those of [%d] aggregates; the aggregation has other aggregates than the one that wrote them, start a query of another name"
            .formatted(bytes.length, parts.length),
        null);
  }

  private static int varintSize(int length) {
    int size = 1;
    for (int rest = length >>> VARINT_BITS; rest != 0; rest >>>= VARINT_BITS) {
      size++;
    }
    return size;
  }

  private static int putVarint(byte[] all, int at, int length) {
    int place = at;
    int rest = length;
    while ((rest & ~VARINT_MASK) != 0) {
      all[place++] = (byte) ((rest & VARINT_MASK) | MORE);
      rest >>>= VARINT_BITS;
    }
    all[place] = (byte) rest;
    return place + 1;
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
