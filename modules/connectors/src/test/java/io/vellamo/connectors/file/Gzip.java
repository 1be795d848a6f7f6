package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Makes gzip files. */
final class Gzip {
  private Gzip() {}

  static byte[] bytes(String text) throws IOException {
    return bytes(text.getBytes(UTF_8));
  }

  static byte[] bytes(byte[] text) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(text);
    }
    return compressed.toByteArray();
  }

  static Path write(Path file, String text) throws IOException {
    return Files.write(file, bytes(text));
  }
}
