package io.vellamo.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads records as earlier versions wrote them, from {@code golden/<manifest>[-variant].bin}.
 *
 * <p>A file that exists is never changed: if a test fails, the code is wrong. A new layout gets a
 * new manifest and a new file, whose bytes the test of the missing file shows.
 */
final class GoldenFileTest {
  private final JournalSerializer serializer = new JournalSerializer();

  @ParameterizedTest
  @MethodSource("samples")
  void goldenFile_isReadAsItsRecord(Sample sample) throws IOException {
    Object read = serializer.fromBinary(golden(sample), manifest(sample));

    assertThat(read).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(sample.value());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void record_isWrittenAsItsGoldenFile(Sample sample) throws IOException {
    assertThat(serializer.manifest(sample.value())).isEqualTo(manifest(sample));
    assertThat(serializer.toBinary(sample.value())).isEqualTo(golden(sample));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void goldenFile_cutAnywhere_isRefused(Sample sample) throws IOException {
    byte[] golden = golden(sample);
    for (int length = 0; length < golden.length; length++) {
      byte[] cut = Arrays.copyOf(golden, length);

      assertThatExceptionOfType(SerializationException.class)
          .as("cut to %d bytes", length)
          .isThrownBy(() -> serializer.fromBinary(cut, manifest(sample)));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void goldenFile_withMoreBehindIt_isRefused(Sample sample) throws IOException {
    byte[] golden = golden(sample);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(
            () ->
                serializer.fromBinary(Arrays.copyOf(golden, golden.length + 1), manifest(sample)));
  }

  /** Checksums are the store's; here damage must only never end in something worse. */
  @ParameterizedTest
  @MethodSource("samples")
  void goldenFile_withAFlippedBit_isRefusedOrARecord(Sample sample) throws IOException {
    byte[] golden = golden(sample);
    for (int bit = 0; bit < golden.length * Byte.SIZE; bit++) {
      byte[] flipped = golden.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));

      assertThat(readOrRefused(flipped, manifest(sample)))
          .as("bit %d", bit)
          .isInstanceOfAny(JournalEntry.class, SnapshotMark.class, SerializationException.class);
    }
  }

  static Stream<Sample> samples() {
    return Sample.all();
  }

  /** Returns what is read, or whatever is thrown. */
  @SuppressWarnings("CatchingUnchecked") // a test of what is thrown
  private Object readOrRefused(byte[] bytes, String manifest) {
    try {
      return serializer.fromBinary(bytes, manifest);
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  private static String manifest(Sample sample) {
    return sample.file().replaceFirst("(-\\d+).*", "$1");
  }

  private byte[] golden(Sample sample) throws IOException {
    String name = "/golden/" + sample.file() + ".bin";
    try (InputStream file = GoldenFileTest.class.getResourceAsStream(name)) {
      assertThat(file)
          .as(
              "%s must hold [%s]",
              name, HexFormat.of().formatHex(serializer.toBinary(sample.value())))
          .isNotNull();
      return file == null ? new byte[0] : file.readAllBytes();
    }
  }
}
