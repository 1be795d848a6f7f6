package io.vellamo.engine.group;

/** Codecs of a batch, which keeps neither states nor rows: they write nothing. */
final class NotKept {
  private static final byte[] NOTHING = {};
  private static final StoredValue NO_VALUE = new StoredValue("", NOTHING);

  private NotKept() {}

  /** Returns a codec that reads as another does, for initial states. */
  static <S> StateCodec<S> states(StateCodec<S> reading) {
    return new States<>(reading);
  }

  /** Returns a codec whose rows can't be read again. */
  static ValueCodec rows() {
    return Rows.INSTANCE;
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
  }

  private enum Rows implements ValueCodec {
    INSTANCE;

    @Override
    public StoredValue write(Object value) {
      return NO_VALUE;
    }

    @Override
    public Object read(StoredValue value) {
      throw new AssertionError("a batch reads no rows");
    }
  }
}
