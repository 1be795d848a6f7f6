package io.vellamo.samples.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputLinesTest {
  private static final int LINES = 20_000;

  @TempDir Path folder;

  private final byte[] text = text();

  private static byte[] text() {
    Random random = new Random(1);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < LINES; i++) {
      lines.append(random.nextLong()).append('\n');
    }
    return lines.toString().getBytes(UTF_8);
  }

  private static byte[] gzip(byte[] text) throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(text);
    }
    return compressed.toByteArray();
  }

  @Test
  void lines_ofAPlainFile_areCounted() throws Exception {
    assertThat(InputLines.count(Files.write(folder.resolve("a"), text))).isEqualTo(LINES);
  }

  @Test
  void lines_ofASmallCompressedFile_areCounted() throws Exception {
    assertThat(InputLines.count(Files.write(folder.resolve("a"), gzip(text)))).isEqualTo(LINES);
  }

  @Test
  void lines_ofALargeCompressedFile_areEstimatedFromItsBeginning() throws Exception {
    Path file = Files.write(folder.resolve("a"), gzip(text));

    assertThat(InputLines.count(file, 70_000)).isCloseTo((long) LINES, withPercentage(10));
  }

  @Test
  void lines_ofWhatCanNotBeCounted_areUnknown() throws Exception {
    byte[] whole = gzip(text);
    Path cut = Files.write(folder.resolve("a"), Arrays.copyOf(whole, whole.length / 2));

    assertThat(InputLines.count(cut)).isEqualTo(InputLines.UNKNOWN);
    assertThat(InputLines.count(folder)).isEqualTo(InputLines.UNKNOWN);
  }
}
