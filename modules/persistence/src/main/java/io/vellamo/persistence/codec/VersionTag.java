package io.vellamo.persistence.codec;

/**
 * The version before a state's bytes. States of version 1 have none; later ones begin with a
 * five-byte CBOR tag [1], which readers that do not know it skip.
 *
 * <p>The tag's number consists of {@code 0x5665} ("Ve") and the version, two bytes each. It is not
 * registered, but no state begins with it otherwise: the only tags that Jackson writes are those of
 * large numbers. The layout must never change.
 *
 * <p>[1] C. Bormann, P. Hoffman, Concise Binary Object Representation, RFC 8949, section 3.4.
 */
final class VersionTag {
  private static final int FIRST_VERSION = 1;
  private static final int LENGTH = 5;

  /** The first byte of a tag with a four-byte number, and the first two bytes of that number. */
  private static final byte[] PREFIX = {(byte) 0xda, 0x56, 0x65};

  private VersionTag() {}

  /** Returns a state preceded by its version. */
  static byte[] prepend(int version, byte[] state) {
    if (version == FIRST_VERSION) {
      return state;
    }
    byte[] tagged = new byte[LENGTH + state.length];
    System.arraycopy(PREFIX, 0, tagged, 0, PREFIX.length);
    tagged[PREFIX.length] = (byte) (version >>> Byte.SIZE);
    tagged[PREFIX.length + 1] = (byte) version;
    System.arraycopy(state, 0, tagged, LENGTH, state.length);
    return tagged;
  }

  /** Returns the version that wrote a state. */
  static int versionOf(byte[] bytes) {
    if (bytes.length < LENGTH) {
      return FIRST_VERSION;
    }
    for (int i = 0; i < PREFIX.length; i++) {
      if (bytes[i] != PREFIX[i]) {
        return FIRST_VERSION;
      }
    }
    int high = bytes[PREFIX.length] & 0xff;
    int low = bytes[PREFIX.length + 1] & 0xff;
    return high << Byte.SIZE | low;
  }

  /** Returns the index at which a state begins, after its version. */
  static int length(int version) {
    return version == FIRST_VERSION ? 0 : LENGTH;
  }
}
