package io.vellamo.connectors.file;

import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The identity of a file whose text was read up to an offset: its key and name, and fingerprints of
 * its first bytes and of those before the offset.
 *
 * <p>The fingerprints cover the text, not the stored bytes, so a file is recognized after
 * compression. They cover only bytes before the offset, which never change in a growing file.
 *
 * @param key the file's key in the file system
 * @param name the file's name
 * @param head the fingerprint of the first bytes
 * @param tail the fingerprint of the bytes before the offset; empty for compressed text, which
 *     would have to be buffered for it
 */
record FileMark(String key, String name, Fingerprint head, Fingerprint tail) {
  private static final int BYTES = FileText.HEAD_BYTES;
  private static final String SEPARATOR = "/"; // not in any file name

  /** Returns the mark of a file whose text was read up to an offset. */
  static FileMark of(InputFile file, FileText text, long offset) throws IOException {
    int length = (int) Math.min(BYTES, offset);
    byte[] tail = text.isCompressed() ? new byte[0] : text.bytes(offset - length, length);
    return new FileMark(
        file.key(), file.name(), Fingerprint.of(text.bytes(0, length)), Fingerprint.of(tail));
  }

  static FileMark parse(String text) {
    String[] parts = text.split(SEPARATOR, 6);
    return new FileMark(
        parts[0],
        parts[1],
        new Fingerprint(Integer.parseInt(parts[2]), parts[3]),
        new Fingerprint(Integer.parseInt(parts[4]), parts[5]));
  }

  String text() {
    return String.join(
        SEPARATOR,
        key,
        name,
        Integer.toString(head.length()),
        head.hash(),
        Integer.toString(tail.length()),
        tail.hash());
  }

  /**
   * Returns whether a text still begins with the text read up to an offset. Moves compressed text.
   */
  boolean matches(FileText text, long offset) throws IOException {
    try {
      if (!head.equals(Fingerprint.of(text.bytes(0, head.length())))) {
        return false;
      }
      if (tail.length() > 0) {
        return tail.equals(Fingerprint.of(text.bytes(offset - tail.length(), tail.length())));
      }
      return text.reaches(offset);
    } catch (EOFException e) {
      return false;
    }
  }

  /**
   * A hash of bytes.
   *
   * @param length the number of bytes
   * @param hash the hash as hexadecimal digits
   */
  record Fingerprint(int length, String hash) {
    private static final int HASH_BYTES = 12;

    static Fingerprint of(byte[] bytes) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        return new Fingerprint(
            bytes.length, HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES)));
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform has SHA-256", e);
      }
    }
  }
}
