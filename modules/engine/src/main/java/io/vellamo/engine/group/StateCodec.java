package io.vellamo.engine.group;

/**
 * Writes and reads the user's state.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> Both directions throw {@link io.vellamo.api.SerializationException}.
 *
 * @param <S> the state
 */
public interface StateCodec<S> {
  /** Returns the serialized state. */
  byte[] write(S state);

  /** Returns a state that was written. */
  S read(byte[] bytes);

  /**
   * Returns whether a state can be used again without reading it anew: only if nothing in it can
   * change, or a change made without {@code update} would be kept as long as the group's actor
   * happens to stay in memory.
   */
  boolean isImmutable();

  /**
   * Returns a short text that says how states are read. While it stays the same, a program reads
   * what it read before; when it changes, only reading the states themselves tells.
   */
  String shape();
}
