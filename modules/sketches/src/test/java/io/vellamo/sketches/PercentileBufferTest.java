package io.vellamo.sketches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vellamo.sketches.PercentileBuffer.Counts;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PercentileBufferTest {
  private static final int COMPRESSION = 200;
  private static final PercentileForm FORM = new PercentileForm(COMPRESSION);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 256, 257, 384, 385, 1_000})
  void buffer_isReadAsWritten(int size) {
    PercentileBuffer buffer = drawn(size, 1);
    buffer.add(Double.NaN);
    buffer.add(Double.NEGATIVE_INFINITY);

    PercentileBuffer copy = FORM.read(FORM.write(buffer));

    assertThat(copy).isEqualTo(buffer).hasSameHashCodeAs(buffer);
    assertThat(copy).isNotEqualTo(drawn(size, 2));
  }

  @Test
  void recoveries_doNotAffectTheBytes() {
    Random random = new Random(3);
    PercentileBuffer live = PercentileBuffer.empty(COMPRESSION);
    PercentileBuffer recovered = PercentileBuffer.empty(COMPRESSION);

    for (int i = 0; i < 5_000; i++) {
      double number = random.nextInt(500);
      live.add(number);
      recovered.add(number);
      if (random.nextInt(50) == 0) {
        recovered = FORM.read(FORM.write(recovered));
        recovered.at(0.5);
      }
      if (random.nextInt(500) == 0) {
        live.addAll(drawn(700, i));
        recovered.addAll(drawn(700, i));
      }
    }

    assertThat(FORM.write(recovered)).isEqualTo(FORM.write(live));
  }

  @Test
  void sameNumbersAndMerges_giveTheSameBytes() {
    byte[] first = FORM.write(merged());

    assertThat(FORM.write(merged())).isEqualTo(first);
  }

  @Test
  void merge_leavesTheRightBufferUnchanged() {
    for (int left : new int[] {0, 200, 1_000}) {
      for (int right : new int[] {0, 200, 1_000}) {
        PercentileBuffer buffer = drawn(left, 1);
        PercentileBuffer unchanged = drawn(right, 2);

        buffer.addAll(unchanged);
        for (int i = 0; i < 500; i++) {
          buffer.add(i);
        }

        assertThat(unchanged).isEqualTo(drawn(right, 2));
      }
    }
  }

  @Test
  void storedForm_isSmall() {
    assertThat(FORM.write(drawn(0, 1))).hasSize(5);
    assertThat(FORM.write(drawn(10, 1))).hasSize(85);
    assertThat(FORM.write(drawn(100_000, 1)).length).isLessThan(2_800);
    assertThat(FORM.write(drawn(3 * 128 + 256, 1)).length).isLessThan(1_600);
  }

  /** A digest takes weights of 32 bits only, from which they would wrap or be cut. */
  @Test
  void weightsAbove32Bits_areKept() {
    long billions = 5_000_000_000L;
    Centroids centroids =
        Centroids.of(new double[] {1, 2, 3, 4}, new long[] {1, billions, billions, 1});
    PercentileBuffer buffer =
        PercentileBuffer.of(COMPRESSION, Counts.NONE, new double[0], centroids);

    buffer.addAll(PercentileBuffer.of(COMPRESSION, Counts.NONE, new double[0], centroids));
    PercentileBuffer copy = FORM.read(FORM.write(buffer));

    assertThat(copy.centroids())
        .isNotNull()
        .extracting(Centroids::totalWeight)
        .isEqualTo(4 * billions + 4);
    assertThat(copy.at(0.1)).isCloseTo(2, within(0.5));
    assertThat(copy.at(0.9)).isCloseTo(3, within(0.5));
  }

  @Test
  void lowerCompressionOfALaterRun_isTakenByStoredBuffers() {
    PercentileForm coarse = new PercentileForm(20);
    PercentileForm fine = new PercentileForm(1_000);
    PercentileBuffer buffer = PercentileBuffer.empty(1_000);
    for (int i = 0; i < 100_000; i++) {
      buffer.add(i);
    }

    PercentileBuffer stored = coarse.read(fine.write(buffer));
    stored.addAll(stored(coarse, 50_000));

    assertThat(coarse.write(stored).length).isLessThan(1_500);
    assertThat(stored.at(0.5)).isCloseTo(37_500, within(8_000.0));
    assertThat(coarse.read(fine.write(buffer)).at(0)).isEqualTo(0);
  }

  @Test
  void unknownLayout_isRefused() {
    assertThatThrownBy(() -> FORM.read(new byte[] {66}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "layout of a buffer of [percentileApprox] must be from 67 to 68, was [66]; a later version or another aggregate wrote it");
  }

  private static PercentileBuffer stored(PercentileForm form, int size) {
    PercentileBuffer buffer = PercentileBuffer.empty(form.compression());
    for (int i = 0; i < size; i++) {
      buffer.add(i);
    }
    return form.read(form.write(buffer));
  }

  private static PercentileBuffer merged() {
    PercentileBuffer merged = drawn(1_000, 1);
    for (int seed = 2; seed < 20; seed++) {
      merged.addAll(drawn(50 * seed, seed));
    }
    return merged;
  }

  private static PercentileBuffer drawn(int size, long seed) {
    Random random = new Random(seed);
    PercentileBuffer buffer = PercentileBuffer.empty(COMPRESSION);
    for (int i = 0; i < size; i++) {
      buffer.add(random.nextGaussian());
    }
    return buffer;
  }
}
