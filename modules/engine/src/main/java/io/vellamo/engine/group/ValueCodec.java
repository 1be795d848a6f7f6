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
}
