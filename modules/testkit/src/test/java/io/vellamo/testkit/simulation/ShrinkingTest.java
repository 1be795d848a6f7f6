package io.vellamo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Seeds that fail, made smaller. */
class ShrinkingTest {
  private static final SeedResult.Simulator WITHOUT_TIMERS =
      GeneratedRuns.simulator(PlantedFaults.TIMER_NOT_PERSISTED::plant);

  @Test
  void failingSeed_shrunk_failsWithNothingMoreLeftOut() {
    SeedResult whole = firstFailure();

    SeedResult smallest = Shrinking.of(whole.seed(), WITHOUT_TIMERS, true);

    assertThat(smallest.failure()).isNotNull();
    assertThat(smallest.steps()).isLessThan(whole.steps());
    assertThat(smallest.reduction().events()).isLessThan(GeneratedInput.MOST_EVENTS);
    Set<FaultKind> needed = EnumSet.allOf(FaultKind.class);
    needed.removeAll(smallest.reduction().without());
    for (FaultKind kind : needed) {
      SeedReduction more = smallest.reduction().without(kind);
      assertThat(SeedResult.of(whole.seed(), WITHOUT_TIMERS, more).failure()).isNull();
    }
  }

  @Test
  void smallestFailure_again_sameTrace() {
    long seed = firstFailure().seed();
    SeedResult smallest = Shrinking.of(seed, WITHOUT_TIMERS, true);

    SeedResult again = SeedResult.of(seed, WITHOUT_TIMERS, smallest.reduction());

    assertThat(again.hash()).isEqualTo(smallest.hash());
    assertThat(Shrinking.of(seed, WITHOUT_TIMERS, true).hash()).isEqualTo(smallest.hash());
  }

  @Test
  void input_notToBeReduced_isWhole() {
    SeedResult smallest = Shrinking.of(firstFailure().seed(), WITHOUT_TIMERS, false);

    assertThat(smallest.failure()).isNotNull();
    assertThat(smallest.reduction().events()).isEqualTo(GeneratedInput.MOST_EVENTS);
    assertThat(smallest.reduction().keys()).isEqualTo(GeneratedInput.MOST_KEYS);
  }

  @Test
  void reduction_none_leavesTheSeedAsItIs() {
    SeedResult.Simulator simulator = GeneratedRuns.simulator();

    SeedReduction same = SeedReduction.NONE.events(GeneratedInput.MOST_EVENTS);

    assertThat(SeedResult.of(3, simulator, same).hash())
        .isEqualTo(SeedResult.of(3, simulator).hash());
    assertThat(SeedReduction.NONE.options()).isEmpty();
  }

  @Test
  void reduction_asOptions_namesWhatIsLeftOut() {
    SeedReduction reduction =
        SeedReduction.NONE.faultSteps(34).events(5).keys(2).withoutKinds("stale,crash");

    assertThat(reduction.description())
        .isEqualTo("at most 34 steps with faults, at most 5 events of 2 keys, without crash,stale");
    assertThat(reduction.options())
        .isEqualTo("--fault-steps 34 --events 5 --keys 2 --without crash,stale");
    assertThat(new SeedResult(17, reduction, 0, 0, null, List.of()).command())
        .isEqualTo(
            "bin/simulate --seeds 1 --from 17 --trace --fault-steps 34 --events 5 --keys 2 --without crash,stale");
  }

  @Test
  void faultKind_unknown_refusedWithTheKnown() {
    String known =
        Arrays.stream(FaultKind.values()).map(FaultKind::text).collect(Collectors.joining(","));

    assertThatThrownBy(() -> SeedReduction.NONE.withoutKinds("crash,flood"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a fault must be one of [%s], was [flood]", known);
  }

  private static SeedResult firstFailure() {
    for (long seed = 1; seed <= 100; seed++) {
      SeedResult result = SeedResult.of(seed, WITHOUT_TIMERS);
      if (result.failure() != null) {
        return result;
      }
    }
    throw new AssertionError("one of 100 seeds must fail");
  }
}
