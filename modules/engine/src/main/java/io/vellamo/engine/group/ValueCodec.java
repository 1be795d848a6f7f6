package io.vellamo.engine.group;

/**
 * The codec of values whose class is known only at run time: rows and events.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> Both directions throw {@link io.vellamo.api.SerializationException}.
 */
public interface ValueCodec {
  /** Returns the serialized value. */
  StoredValue write(Object value);

  /** Returns the value of a serialized form. */
  Object read(StoredValue value);

  /**
   * Returns whether a value always equals what is read from its serialized form: it is immutable,
   * and all of it is written.
   */
  boolean isFixed(Object value);

  /** Returns whether a mutable value can be copied by writing and reading it, without loss. */
  boolean isCopied(Object value);

  /**
   * Returns a value as it was when it was written, even if the object has been modified since.
   *
   * @param value the object
   * @param written its serialized form
   */
  default Object asWritten(Object value, StoredValue written) {
    return isFixed(value) ? value : read(written);
  }
}
