package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.query.SpaceSaving.Estimate;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpaceSavingTest {
  private static final int CAPACITY = 20;

  @Test
  void sketchThatIsNotFull_isExact() {
    SpaceSaving sketch = new SpaceSaving(2);
    sketch.add(key(1), 5);
    sketch.add(key(2), 3);
    sketch.add(key(1), 2);

    assertThat(sketch.with(new SpaceSaving(2)))
        .containsOnly(entry(key(1), new Estimate(7, 0)), entry(key(2), new Estimate(3, 0)));
  }

  @Test
  void newKeyOfAFullSketch_takesThePlaceAndTheAmountOfTheLeast() {
    SpaceSaving sketch = new SpaceSaving(2);
    sketch.add(key(1), 5);
    sketch.add(key(2), 3);
    sketch.add(key(3), 1);

    assertThat(sketch.with(new SpaceSaving(2)))
        .containsOnly(entry(key(1), new Estimate(5, 0)), entry(key(3), new Estimate(4, 3)));
  }

  @Test
  void amounts_ofSkewedKeys_areWithinTheBoundsOfTheAlgorithm() {
    Random random = new Random(42);
    SpaceSaving first = new SpaceSaving(CAPACITY);
    SpaceSaving second = new SpaceSaving(CAPACITY);
    Map<GroupKey, Long> exact = new HashMap<>();
    long total = 0;
    for (int n = 0; n < 20_000; n++) {
      GroupKey key = key((int) (200 * Math.pow(random.nextDouble(), 4)));
      long amount = 1L + random.nextInt(9);
      total += amount;
      exact.merge(key, amount, Long::sum);
      (n < 12_000 ? first : second).add(key, amount);
    }

    Map<GroupKey, Estimate> estimates = second.with(first);

    long bound = total / CAPACITY;
    estimates.forEach(
        (key, estimate) -> {
          long truth = exact.getOrDefault(key, 0L);
          assertThat(estimate.amount()).isGreaterThanOrEqualTo(truth);
          assertThat(estimate.amount() - estimate.error()).isLessThanOrEqualTo(truth);
          assertThat(estimate.error()).isLessThanOrEqualTo(bound);
        });
    exact.forEach(
        (key, truth) -> {
          if (truth > bound) {
            assertThat(estimates).containsKey(key);
          }
        });
    assertThat(exact.values().stream().filter(truth -> truth > bound).count()).isPositive();
  }

  private static GroupKey key(int number) {
    return GroupKey.of(new byte[] {(byte) (number >> 8), (byte) number});
  }
}
