package io.vellamo.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.testkit.simulation.JournalFaults.Overwriting;
import io.vellamo.testkit.simulation.JournalFaults.WithoutFence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole queries under seeds, with shards on other nodes: messages are lost, doubled and late,
 * shards move while their former owners go on, and coordinators go on beside new ones.
 */
final class ClusterSimulationTest {
  /** Simulates other seeds: {@code -Dseed=N} for the first of them. */
  private static final long FIRST = Long.getLong("seed", 1);

  /** Simulates more seeds: {@code -Dseeds=N}; a third of them whole results in pages. */
  private static final long SEEDS = Long.getLong("seeds", 300);

  private static final int MOST_SEEDS_UNTIL_FOUND = 300;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void seeds_anyFaultsOfACluster_resultsHold(boolean isComplete) {
    SeedResult.Simulator simulator = GeneratedRuns.ofClusters(isComplete);
    long seeds = isComplete ? SEEDS / 3 : SEEDS - SEEDS / 3;
    for (long seed = FIRST; seed < FIRST + seeds; seed++) {
      SeedResult result = SeedResult.of(seed, simulator);
      if (result.failure() != null) {
        SeedResult smallest = Shrinking.of(seed, simulator, true);
        throw new AssertionError(
            "seed [%d] failed; repeat it with %s --cluster%s%n%s"
                .formatted(
                    seed, smallest.command(), isComplete ? " --complete" : "", smallest.describe()),
            result.failure());
      }
    }
  }

  @Test
  void faults_ofACluster_happen() {
    List<String> steps = new ArrayList<>();
    for (long seed = 1; seed <= 200; seed++) {
      SeedResult.Simulator simulator = GeneratedRuns.ofClusters(seed % 3 == 0);
      steps.addAll(SeedResult.traced(seed, simulator, SeedReduction.NONE).trace());
    }

    assertThat(steps)
        .anyMatch(step -> step.contains("lost in the network") && step.contains(" RunEpoch "))
        .anyMatch(step -> step.contains("lost in the network") && step.contains(" Done "))
        .anyMatch(step -> step.contains("lost in the network") && step.contains(" Page "))
        .anyMatch(step -> step.contains("lost in the network") && step.contains(" NextPage "))
        .anyMatch(step -> step.contains("lost in the network") && step.contains(" Opened "))
        .anyMatch(step -> step.endsWith(", again") && step.contains(" RunEpoch "))
        .anyMatch(step -> step.endsWith(", again") && step.contains(" RequestParks"))
        .anyMatch(step -> step.endsWith(", again") && step.contains(" ReadGroups"))
        .anyMatch(step -> step.contains("lost in the network") && step.contains(" GroupsRead"))
        .anyMatch(step -> step.endsWith("is taken for lost and goes on"))
        .anyMatch(step -> step.contains("another writer than [node "))
        .anyMatch(step -> step.contains("another writer than [run "))
        .anyMatch(step -> step.contains(" gets from shard ") && step.contains(" NotOpened "))
        .anyMatch(step -> step.endsWith(" asks again"));
  }

  @Test
  void seed_again_sameTrace() {
    for (long seed = 1; seed <= 5; seed++) {
      assertThat(SeedResult.of(seed, GeneratedRuns.ofClusters(false)).hash())
          .isEqualTo(SeedResult.of(seed, GeneratedRuns.ofClusters(false)).hash());
    }
  }

  @Test
  void journal_thatAcceptsOccupiedNumbers_isFound() {
    assertThat(isFound(WithoutFence::new, false)).isTrue();
  }

  @Test
  void journal_thatOverwritesOccupiedNumbers_isFound() {
    assertThat(isFound(Overwriting::new, false)).isTrue();
  }

  /** The holes that fencing closes, opened again one by one. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "OPENING_NOT_RECOVERED",
        "NOT_OPENED_ACCEPTED",
        "OVERTAKEN_REQUEST_FAILS",
        "LATE_REPLY_COUNTS",
        "RUNNING_EPOCH_BEGUN_AGAIN",
        "RANGE_OF_STALE_OWNER",
        "PAGE_TAKEN_TWICE",
        "STALE_PAGE_ACCEPTED"
      })
  void hole_thatIsOpenedAgain_isFound(PlantedFaults fault) {
    assertThat(isFound(fault::plant, fault.name().contains("PAGE"))).isTrue();
  }

  private static boolean isFound(Supplier<PlantedFault> fault, boolean isComplete) {
    SeedResult.Simulator simulator = GeneratedRuns.ofClusters(fault, isComplete);
    for (long seed = 1; seed <= MOST_SEEDS_UNTIL_FOUND; seed++) {
      if (SeedResult.of(seed, simulator).failure() != null) {
        return true;
      }
    }
    return false;
  }
}
