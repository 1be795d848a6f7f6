package io.vellamo.engine.group;

/**
 * Writes and reads values whose class is known only when they come: rows and events.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> Both directions throw {@link io.vellamo.api.SerializationException}.
 */
public interface ValueCodec {
  /** Returns the serialized value. */
  StoredValue write(Object value);

  /** Returns a value that was written. */
  Object read(StoredValue value);

  /**
   * Returns whether a value is the same as what is read from its written form, now and later:
   * nothing in it can change, and all of it is written.
   */
  boolean isFixed(Object value);

  /**
   * Returns whether a value that can change is copied by writing and reading it: nothing of it can
   * get lost on the way.
   */
  boolean isCopied(Object value);

  /**
   * Returns a value as it was when it was written, whatever becomes of the object since.
   *
   * @param value the object
   * @param written its written form
   */
  default Object asWritten(Object value, StoredValue written) {
    return isFixed(value) ? value : read(written);
  }
}
