package io.vellamo.engine.group;

/**
 * Writes and reads rows, whose class is known only when they are emitted.
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Failure</b> Both directions throw {@link io.vellamo.api.SerializationException}.
 */
public interface RowCodec {
  /** Returns the serialized row. */
  StoredRow write(Object row);

  /** Returns a row that was written. */
  Object read(StoredRow row);
}
