package io.vellamo.engine.group;

import io.vellamo.api.SerializationException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Codecs of a batch, which keeps neither states nor rows: they write as little as possible. */
final class NotKept {
  private static final byte[] NOTHING = {};
  private static final StoredValue NO_VALUE = new StoredValue("", NOTHING);

  private NotKept() {}

  /** Returns a codec that writes nothing, and reads initial states with another codec. */
  static <S> StateCodec<S> states(StateCodec<S> reading) {
    return new States<>(reading);
  }

  /** Returns a codec that writes only mutable rows, to copy them when they are emitted. */
  static ValueCodec rows(ValueCodec codec) {
    return new Rows(codec, ConcurrentHashMap.newKeySet());
  }

  private record States<S>(StateCodec<S> reading) implements StateCodec<S> {
    @Override
    public byte[] write(S state) {
      return NOTHING;
    }

    @Override
    public S read(byte[] bytes) {
      return reading.read(bytes);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public String shape() {
      return reading.shape();
    }

    @Override
    public Layouts layouts() {
      return reading.layouts();
    }
  }

  /**
   * Copies rows as a stream does. Rows of a class that can't be written, which a stream rejects,
   * are passed on without a copy.
   */
  private record Rows(ValueCodec codec, Set<Class<?>> unwritable) implements ValueCodec {
    @Override
    public StoredValue write(Object value) {
      if (isFixed(value)) {
        return NO_VALUE;
      }
      try {
        return codec.write(value);
      } catch (SerializationException e) {
        unwritable.add(value.getClass());
        return NO_VALUE;
      }
    }

    @Override
    public Object read(StoredValue value) {
      return codec.read(value);
    }

    @Override
    public boolean isCopied(Object value) {
      return codec.isCopied(value);
    }

    @Override
    public boolean isFixed(Object value) {
      return unwritable.contains(value.getClass()) || codec.isFixed(value);
    }
  }
}
