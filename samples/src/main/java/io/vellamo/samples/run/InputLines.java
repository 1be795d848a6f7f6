package io.vellamo.samples.run;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A counter of an input file's lines. */
final class InputLines {
  /** The result if the number is not known. */
  static final long UNKNOWN = -1;

  private static final int BUFFER_BYTES = 64 * 1024;
  // Small, since buffered bytes count as read.
  private static final int STORED_BYTES = 4 * 1024;
  private static final long SAMPLE_BYTES = 4L * 1024 * 1024;

  private InputLines() {}

  /**
   * Returns the number of lines of a file. For a gzip file this is an estimate from its first 4
   * MiB, exact if it has no more. Returns {@link #UNKNOWN} if the path is no regular file, or if
   * the gzip data can't be read.
   */
  static long count(Path file) throws IOException {
    return count(file, SAMPLE_BYTES);
  }

  static long count(Path file, long sampleBytes) throws IOException {
    if (!Files.isRegularFile(file)) {
      return UNKNOWN;
    }
    if (isGzip(file)) {
      return estimate(file, sampleBytes);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return countLines(in, new Counting(in), Long.MAX_VALUE);
    }
  }

  private static boolean isGzip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x1f && in.read() == 0x8b;
    }
  }

  private static long estimate(Path file, long sampleBytes) throws IOException {
    long size = Files.size(file);
    try (Counting stored = new Counting(Files.newInputStream(file));
        InputStream in = new GZIPInputStream(stored, STORED_BYTES)) {
      long lines = countLines(in, stored, sampleBytes);
      // The product of lines and bytes could overflow.
      return stored.read >= size ? lines : Math.round(lines * ((double) size / stored.read));
    } catch (IOException e) {
      return UNKNOWN; // the query reads the file, too, and says what is wrong with it
    }
  }

  private static long countLines(InputStream in, Counting stored, long storedBytes)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long lines = 0;
    int count = 0;
    while (count >= 0 && stored.read < storedBytes) {
      count = in.read(buffer);
      for (int i = 0; i < count; i++) {
        lines += buffer[i] == '\n' ? 1 : 0;
      }
    }
    return lines;
  }

  /** A stream that counts the bytes read from it. */
  private static final class Counting extends FilterInputStream {
    private long read;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      read += next < 0 ? 0 : 1;
      return next;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = super.read(into, from, length);
      read += Math.max(0, count);
      return count;
    }
  }
}
