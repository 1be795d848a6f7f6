package io.vellamo.engine.group;

/**
 * The codec of user state.
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

  /** Returns the state of a serialized form. */
  S read(byte[] bytes);

  /**
   * Returns whether states are immutable, so that one can be reused without deserializing it again.
   * A change to a reused mutable state without {@code update} would last until the group's actor
   * leaves memory.
   */
  boolean isImmutable();

  /**
   * Returns whether it pays to keep states as objects between calls: not if reading one takes about
   * as long as following a few references. Only immutable states are kept.
   */
  default boolean keepsLive() {
    return isImmutable();
  }

  /**
   * Returns a short text that identifies how states are read. If it is unchanged, a program can
   * read the states that it could read before; if it has changed, only reading the states tells.
   */
  String shape();

  /** Returns the layouts of states and keys of the query, which all its codecs share. */
  default Layouts layouts() {
    return Layouts.NONE;
  }
}
