package io.vellamo.checks.cluster;

import java.io.NotSerializableException;
import java.util.Arrays;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * The forms of a later build: another version of each current form, with a field before its other
 * ones.
 */
final class LaterForms {
  /** More than the versions of all current forms. */
  private static final int FIRST_VERSION = 101;

  private static final byte[] FIELD = {1, 2, 3};

  private final SerializerWithStringManifest current;
  private final boolean isWritten;

  /**
   * Creates the forms that read later and current ones.
   *
   * @param isWritten whether later ones are written
   */
  LaterForms(SerializerWithStringManifest current, boolean isWritten) {
    this.current = current;
    this.isWritten = isWritten;
  }

  /** Returns a manifest of a later version. */
  static String later(String manifest) {
    int number = manifest.lastIndexOf('-') + 1;
    return manifest.substring(0, number)
        + (FIRST_VERSION - 1 + Integer.parseInt(manifest.substring(number)));
  }

  String manifest(Object value) {
    String manifest = current.manifest(value);
    return isWritten ? later(manifest) : manifest;
  }

  byte[] write(Object value) {
    byte[] bytes = current.toBinary(value);
    if (!isWritten) {
      return bytes;
    }
    byte[] later = Arrays.copyOf(FIELD, FIELD.length + bytes.length);
    System.arraycopy(bytes, 0, later, FIELD.length, bytes.length);
    return later;
  }

  Object read(byte[] bytes, String manifest) throws NotSerializableException {
    int number = manifest.lastIndexOf('-') + 1;
    int version = Integer.parseInt(manifest.substring(number));
    return version < FIRST_VERSION
        ? current.fromBinary(bytes, manifest)
        : current.fromBinary(
            Arrays.copyOfRange(bytes, FIELD.length, bytes.length),
            manifest.substring(0, number) + (version - FIRST_VERSION + 1));
  }
}
