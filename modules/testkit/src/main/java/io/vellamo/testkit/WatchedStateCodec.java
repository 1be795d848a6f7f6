package io.vellamo.testkit;

import io.vellamo.engine.group.Layouts;
import io.vellamo.engine.group.StateCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The codec of the user's states, or of the values of a variable. It also remembers the states that
 * it read, and can declare all of them immutable, so that the engine keeps the objects.
 */
final class WatchedStateCodec<S> implements StateCodec<S> {
  private final StateCodec<S> codec;
  private final boolean keepsObjects;
  private final List<Read<S>> reads = new ArrayList<>();

  /** A state that was read, and its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Read<S>(S state, byte[] from) {}

  WatchedStateCodec(StateCodec<S> codec, boolean keepsObjects) {
    this.codec = codec;
    this.keepsObjects = keepsObjects;
  }

  /** Forgets the states that were read, at the beginning of a call. */
  void begin() {
    reads.clear();
  }

  /** Returns whether a state read since {@link #begin} no longer matches its bytes. */
  boolean hasChanged() {
    return reads.stream().anyMatch(this::hasChanged);
  }

  private boolean hasChanged(Read<S> read) {
    S fresh = codec.read(read.from);
    return !fresh.equals(read.state) && !Arrays.equals(codec.write(fresh), codec.write(read.state));
  }

  @Override
  public byte[] write(S state) {
    return codec.write(state);
  }

  @Override
  public S read(byte[] state) {
    S read = codec.read(state);
    if (!codec.isImmutable()) {
      reads.add(new Read<>(read, state));
    }
    return read;
  }

  @Override
  public boolean isImmutable() {
    return keepsObjects || codec.isImmutable();
  }

  @Override
  public String shape() {
    return codec.shape();
  }

  @Override
  public Layouts layouts() {
    return codec.layouts();
  }
}
