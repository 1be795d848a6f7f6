package io.vellamo.actors.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The calls whose time is measured. */
final class CallSampleTest {
  @Test
  void smallRound_isMeasuredWholly() {
    assertThat(weights(CallSample.LARGE_ROUND - 1, 7)).containsOnly(1);
  }

  @Test
  void largeRound_isMeasuredInParts_thatStandForAll() {
    for (long epoch = 0; epoch < CallSample.EVERY; epoch++) {
      assertThat(weights(1600, epoch)).contains(0, CallSample.EVERY);
      assertThat(IntStream.of(weights(1600, epoch)).sum()).isEqualTo(1600);
    }
  }

  @Test
  void eachPlace_hasItsTurn() {
    for (int place = 0; place < 300; place++) {
      int sum = 0;
      for (long epoch = 40; epoch < 40 + CallSample.EVERY; epoch++) {
        sum += CallSample.weight(place, 300, epoch);
      }
      assertThat(sum).as("place " + place).isEqualTo(CallSample.EVERY);
    }
  }

  private static int[] weights(int calls, long epoch) {
    return IntStream.range(0, calls).map(at -> CallSample.weight(at, calls, epoch)).toArray();
  }
}
