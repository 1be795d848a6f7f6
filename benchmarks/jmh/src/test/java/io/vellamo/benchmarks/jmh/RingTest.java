package io.vellamo.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RingTest {
  @Test
  void inputs_comeAgainBehindTheLast() {
    Ring<Integer> ring = new Ring<>(List.of(1, 2));

    assertThat(List.of(ring.next(), ring.next(), ring.next())).containsExactly(1, 2, 1);
  }

  @Test
  void ring_withoutInputs_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ring<>(List.of()))
        .withMessage("inputs must not be empty, was []; draw more events");
  }
}
