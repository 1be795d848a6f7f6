package io.vellamo.actors.seeded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vellamo.testkit.simulation.Trace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Queries on the real actors under seeds. */
final class ShellSimulationTest {
  /** Simulates other seeds: {@code -Dseed=N} for the first of them, {@code -Dseeds=N} for more. */
  private static final long FIRST = Long.getLong("seed", 1);

  private static final long DEFAULT_SEEDS = 60;
  private static final long SEEDS = Long.getLong("seeds", DEFAULT_SEEDS);
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private static final Level LEVEL = LOG.getLevel();

  /** The simulated failures are logged as real ones. */
  @BeforeAll
  static void logNothing() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    LOG.setLevel(LEVEL);
  }

  private record Outcome(@Nullable Throwable failure, List<String> trace) {}

  @Test
  void seeds_anyFaults_resultsHold() throws Exception {
    Set<String> steps = new HashSet<>();
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Outcome outcome = simulate(seed, ShellSimulation.MOST_FAULT_STEPS, true);
      if (outcome.failure != null) {
        throw failed(seed, shortest(seed));
      }
      outcome.trace.forEach(line -> steps.add(NUMBER.matcher(line).replaceAll("N").strip()));
    }

    if (FIRST == 1 && SEEDS >= DEFAULT_SEEDS) {
      assertThat(steps)
          .contains(
              "N  the process crashes",
              "N  the actor system has terminated",
              "N  a user stops the query",
              "N  a user waits until everything available is processed",
              "N  parked groups N: answered",
              "N  release N: answered",
              "N  redrive N: answered",
              "N  idle N: answered",
              "N  digests N: answered",
              "N  fails: write of N records to vellamo-shard|simulated/N",
              "N  happens and fails: write of N records to vellamo-query|simulated",
              "N  fails and happens later: write of N records to vellamo-shard|simulated/N",
              "N  never answered: write of N records to vellamo-shard|simulated/N",
              "N  never answered: read of vellamo-shard|simulated/N",
              "N  new mark of vellamo-shard|simulated/N",
              "N  truncation of vellamo-shard|simulated/N",
              "N  writing to the sink fails",
              "N  the commit of range N-N has happened, and fails",
              "N  /system/vellamo/simulated/shard-N/$a");
    }
  }

  /** Without users that block, whose threads run in an order that no seed decides. */
  @Test
  void seed_again_sameTrace() throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      List<String> trace = simulate(seed, ShellSimulation.MOST_FAULT_STEPS, false).trace;

      assertThat(trace).hasSizeGreaterThan(100);
      assertThat(simulate(seed, ShellSimulation.MOST_FAULT_STEPS, false).trace).isEqualTo(trace);
    }
  }

  private static AssertionError failed(long seed, Outcome outcome) {
    return new AssertionError(
        "seed [%d] failed; repeat it with -Dtest=ShellSimulationTest -Dseed=%d -Dseeds=1%n%s%n%s"
            .formatted(seed, seed, String.join("\n", outcome.trace), outcome.failure),
        outcome.failure);
  }

  /** Returns the outcome with as few steps as possible before faults end. */
  private static Outcome shortest(long seed) throws Exception {
    for (int steps = 20; steps < ShellSimulation.MOST_FAULT_STEPS; steps += steps / 4) {
      Outcome outcome = simulate(seed, steps, true);
      if (outcome.failure != null) {
        return outcome;
      }
    }
    return simulate(seed, ShellSimulation.MOST_FAULT_STEPS, true);
  }

  /** Simulates on a new thread: the records of a query's calls live as long as their thread. */
  private static Outcome simulate(long seed, int mostFaultSteps, boolean usersBlock)
      throws InterruptedException {
    Trace trace = new Trace(true);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(() -> new ShellSimulation(seed, mostFaultSteps, trace, usersBlock).run());
    thread.setUncaughtExceptionHandler((failed, cause) -> failure.set(cause));
    thread.start();
    thread.join();
    return new Outcome(failure.get(), trace.lines());
  }
}
