package io.vellamo.testkit;

import io.vellamo.engine.group.Layouts;
import io.vellamo.engine.group.StateCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The codec of the user's state. It also remembers the last state that it read, and can declare all
 * states immutable, so that the engine keeps the objects.
 */
final class WatchedStateCodec<S> implements StateCodec<S> {
  private final StateCodec<S> codec;
  private final boolean keepsObjects;
  private @Nullable S given;
  private byte @Nullable [] bytes;

  WatchedStateCodec(StateCodec<S> codec, boolean keepsObjects) {
    this.codec = codec;
    this.keepsObjects = keepsObjects;
  }

  /** Forgets the last state, at the beginning of a call. */
  void begin() {
    given = null;
    bytes = null;
  }

  /** Returns whether the state read since {@link #begin} no longer matches its bytes. */
  boolean hasChanged() {
    S read = given;
    byte[] from = bytes;
    if (read == null || from == null || codec.isImmutable()) {
      return false;
    }
    S fresh = codec.read(from);
    return !fresh.equals(read) && !Arrays.equals(codec.write(fresh), codec.write(read));
  }

  @Override
  public byte[] write(S state) {
    return codec.write(state);
  }

  @Override
  public S read(byte[] state) {
    S read = codec.read(state);
    given = read;
    bytes = state;
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
