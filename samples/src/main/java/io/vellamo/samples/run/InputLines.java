package io.vellamo.samples.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells how much there is to do. */
final class InputLines {
  /** Stands for a number that is not known. */
  static final long UNKNOWN = -1;

  private static final int BUFFER_BYTES = 64 * 1024;

  private InputLines() {}

  /** Returns how many lines a file has; {@link #UNKNOWN} if it is compressed. */
  static long count(Path file) throws IOException {
    if (file.toString().endsWith(".gz")) {
      return UNKNOWN;
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    long lines = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return lines;
  }
}
