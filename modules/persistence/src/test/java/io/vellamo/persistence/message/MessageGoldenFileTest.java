package io.vellamo.persistence.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads what other versions have written, from {@code golden-messages/<kind>-<form>[-variant].bin}.
 *
 * <p>A file that exists is never changed: if a test fails, the code is wrong. A new form gets a new
 * number and a new file, whose bytes the test of the missing file shows.
 */
final class MessageGoldenFileTest {
  @ParameterizedTest
  @MethodSource("samples")
  void goldenFile_isReadAsItsValue(MessageSample sample) throws IOException {
    Object read = sample.reader().apply(golden(sample));

    assertThat(read).usingRecursiveComparison().isEqualTo(sample.value());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void value_isWrittenAsItsGoldenFile(MessageSample sample) throws IOException {
    assertThat(sample.write()).isEqualTo(golden(sample));
    assertThat(sample.write()[0]).isEqualTo((byte) sample.form());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void goldenFile_cutAnywhere_isRefused(MessageSample sample) throws IOException {
    byte[] golden = golden(sample);
    for (int length = 0; length < golden.length; length++) {
      byte[] cut = Arrays.copyOf(golden, length);

      assertThatExceptionOfType(SerializationException.class)
          .as("cut to %d bytes", length)
          .isThrownBy(() -> sample.reader().apply(cut))
          .withMessageContaining("run versions of Vellamo on the nodes");
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void goldenFile_withMoreBehindIt_isRefused(MessageSample sample) throws IOException {
    byte[] more = Arrays.copyOf(golden(sample), golden(sample).length + 1);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> sample.reader().apply(more));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void goldenFile_withAnotherForm_isRefused(MessageSample sample) throws IOException {
    byte[] other = golden(sample);
    other[0] = 99;

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> sample.reader().apply(other))
        .withMessageEndingWith(
            " must have a form that this node knows, has form [99]; run versions of Vellamo on the"
                + " nodes that are no further apart than one release");
  }

  /** The network has checksums of its own; damage must only never end in something worse. */
  @ParameterizedTest
  @MethodSource("samples")
  void goldenFile_withAFlippedBit_isRefusedOrAValue(MessageSample sample) throws IOException {
    byte[] golden = golden(sample);
    for (int bit = 0; bit < golden.length * Byte.SIZE; bit++) {
      byte[] flipped = golden.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));

      Object read = readOrThrown(sample, flipped);

      assertThat(!(read instanceof Throwable) || read instanceof SerializationException)
          .as("bit %d: %s", bit, read)
          .isTrue();
    }
  }

  static Stream<MessageSample> samples() {
    return MessageSample.all();
  }

  /** Returns what is read, or whatever is thrown. */
  @SuppressWarnings("CatchingUnchecked") // a test of what is thrown
  private static Object readOrThrown(MessageSample sample, byte[] bytes) {
    try {
      return sample.reader().apply(bytes);
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  private static byte[] golden(MessageSample sample) throws IOException {
    String name = "/golden-messages/" + sample.file() + ".bin";
    try (InputStream file = MessageGoldenFileTest.class.getResourceAsStream(name)) {
      assertThat(file)
          .as("%s must hold [%s]", name, HexFormat.of().formatHex(sample.write()))
          .isNotNull();
      return file == null ? new byte[0] : file.readAllBytes();
    }
  }
}
