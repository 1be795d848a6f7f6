package io.vellamo.sketches;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.aggregate.Aggregate;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads and writes buffers as earlier programs wrote them, from {@code golden/layout-<id>.bin}. A
 * file that exists is never changed: if a test fails, the code is wrong.
 */
final class GoldenBuffersTest {
  static Stream<Arguments> buffers() {
    return Stream.of(
        Arguments.of(
            SketchLayouts.HASHES, Sketches.approxCountDistinct(GoldenBuffersTest::text), 20),
        Arguments.of(
            SketchLayouts.REGISTERS,
            Sketches.approxCountDistinct(GoldenBuffersTest::text, 8),
            2_000),
        Arguments.of(
            SketchLayouts.SPARSE_REGISTERS,
            Sketches.approxCountDistinct(GoldenBuffersTest::text),
            300),
        Arguments.of(
            SketchLayouts.NUMBERS, Sketches.percentileApprox(GoldenBuffersTest::root, 0.5), 20),
        Arguments.of(
            SketchLayouts.CENTROIDS,
            Sketches.percentileApprox(GoldenBuffersTest::root, 0.5),
            2_000));
  }

  @ParameterizedTest
  @MethodSource("buffers")
  void buffer_isWrittenAndReadAsEver(byte layout, Aggregate<Long, ?> aggregate, int size)
      throws Exception {
    AggregateRun<Long, ?> run = new AggregateRun<>(aggregate);
    byte[] golden = golden("layout-" + layout + ".bin");

    Object buffer = run.reduce(numbers(size));

    assertThat(golden[0]).isEqualTo(layout);
    assertThat(run.write(buffer)).isEqualTo(golden);
    assertThat(run.read(golden)).isEqualTo(buffer);
  }

  private static String text(Long number) {
    return "value " + number;
  }

  /** Not in order, with one that no digest can hold. */
  private static double root(Long number) {
    return number == 7 ? Double.NaN : Math.sqrt((double) (number * 7_919 % 10_007));
  }

  private static List<Long> numbers(int size) {
    return LongStream.range(0, size).boxed().collect(Collectors.toList());
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream file = GoldenBuffersTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(file).as(name).isNotNull();
      return file.readAllBytes();
    }
  }
}
