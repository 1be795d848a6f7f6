package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

/**
 * A serialized object with the serializer id and manifest needed to deserialize it.
 *
 * <p><b>Threading</b> safe to share as long as the bytes are not modified. They can be large, and
 * are copied neither on input nor on output.
 *
 * @since 0.1
 */
public final class Payload {

  private final int serializerId;
  private final String manifest;
  private final byte[] bytes;

  private Payload(int serializerId, String manifest, byte[] bytes) {
    this.serializerId = serializerId;
    this.manifest = requireNonNull(manifest, "manifest");
    this.bytes = requireNonNull(bytes, "bytes");
  }

  /**
   * Returns a payload.
   *
   * @param serializerId the id of the serializer that wrote the bytes
   * @param manifest the serializer's name for the type, possibly empty
   * @param bytes the serialized object
   * @return the payload
   */
  public static Payload of(int serializerId, String manifest, byte[] bytes) {
    return new Payload(serializerId, manifest, bytes);
  }

  /**
   * Returns the id of the serializer that wrote the bytes.
   *
   * @return the serializer's id
   */
  public int serializerId() {
    return serializerId;
  }

  /**
   * Returns the serializer's name for the type.
   *
   * @return the manifest, possibly empty
   */
  public String manifest() {
    return manifest;
  }

  /**
   * Returns the serialized object.
   *
   * @return the bytes themselves, not a copy
   */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the type and size, never the content. */
  @Override
  public String toString() {
    return "Payload[" + serializerId + ", " + manifest + ", " + bytes.length + " bytes]";
  }
}
