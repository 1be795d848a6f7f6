package io.vellamo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulation finds faults of the protocol. */
class PlantedFaultsTest {
  private static final int MOST_SEEDS = 2_000;

  @TestFactory
  Stream<DynamicTest> fault_planted_found() {
    return Stream.of(PlantedFaults.values())
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.toString(), () -> assertThat(firstFailure(fault)).isNotNull()));
  }

  /** Returns the result of the first seed that fails; null if none does. */
  private static @Nullable SeedResult firstFailure(PlantedFaults fault) {
    for (int seed = 1; seed <= MOST_SEEDS; seed++) {
      SeedResult result = SeedResult.of(seed, fault.simulator());
      if (result.failure() != null) {
        return result;
      }
    }
    return null;
  }
}
