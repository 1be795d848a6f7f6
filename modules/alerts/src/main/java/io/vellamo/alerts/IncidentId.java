package io.vellamo.alerts;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The identity of an incident, computed from the facts that make it different from any other: the
 * rule's name, the key, the start, and the number of earlier incidents with the same start.
 *
 * <p>The text is the rule's name and 128 bits of a SHA-256 hash, since keys may be long, and may
 * have characters that a receiver refuses.
 */
final class IncidentId {
  private static final int BYTES = 16;

  private IncidentId() {}

  static String of(String rule, String key, Instant start, int ordinal) {
    byte[] hash = sha256(facts(rule, key, start, ordinal));
    return rule + ":" + HexFormat.of().formatHex(hash, 0, BYTES);
  }

  /** Returns the facts in a form without ambiguity: texts begin with their length. */
  private static byte[] facts(String rule, String key, Instant start, int ordinal) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, rule);
      write(out, key);
      out.writeLong(start.toEpochMilli());
      out.writeInt(ordinal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes UTF-16, which distinguishes all texts, also those with half a surrogate pair. */
  private static void write(DataOutputStream out, String text) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
