package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

/**
 * A serialized object with what is needed to read it again.
 *
 * <p><b>Threading</b> the bytes are not copied, neither in nor out, as they can be large. Nobody
 * may change them.
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
   * @param serializerId which serializer made the bytes
   * @param manifest the serializer's name for the type, can be empty
   * @param bytes the serialized object
   * @return the payload
   */
  public static Payload of(int serializerId, String manifest, byte[] bytes) {
    return new Payload(serializerId, manifest, bytes);
  }

  /**
   * Returns which serializer made the bytes.
   *
   * @return the serializer's number
   */
  public int serializerId() {
    return serializerId;
  }

  /**
   * Returns the serializer's name for the type.
   *
   * @return the manifest, can be empty
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

  /** Returns type and size, never the content. */
  @Override
  public String toString() {
    return "Payload[" + serializerId + ", " + manifest + ", " + bytes.length + " bytes]";
  }
}
