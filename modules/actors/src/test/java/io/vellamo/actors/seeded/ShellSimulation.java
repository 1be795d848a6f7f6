package io.vellamo.actors.seeded;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.testkit.ManualClock;
import io.vellamo.testkit.simulation.Dice;
import io.vellamo.testkit.simulation.GeneratedQuery;
import io.vellamo.testkit.simulation.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query on the real actors under one seed: first a phase with faults, then one without, in which
 * everything must be processed and everyone answered.
 *
 * <p><b>Threading</b> Used by one thread.
 */
final class ShellSimulation {
  /** The most steps of the phase with faults. */
  static final int MOST_FAULT_STEPS = 5_000;

  private static final Instant BEGIN = Instant.parse("2024-07-01T12:00:00Z");
  private static final int MOST_CALM_STEPS = 300_000;
  private static final Duration MOST_CALM_TIME = Duration.ofMinutes(20);

  /** Failures that simulated faults cause. A query is given up if its journal does not answer. */
  private static final Pattern SIMULATED =
      Pattern.compile(
          String.join(
              "|",
              "simulated (failure|rejection)",
              "CircuitBreaker",
              "TimedOut",
              "SQLIntegrity",
              "Generated\\$Thrown",
              "its journal has not answered"));

  private static final int MOST_ROUNDS = 50;
  private static final Duration TICK = Duration.ofMillis(10);

  private final Dice dice;
  private final Trace trace;
  private final ManualClock clock = ManualClock.at(BEGIN);
  private final ShellFaults faults;
  private final GeneratedQuery query;
  private final Config config;
  private final SeededStore store;
  private final FaultyConnectors connectors;
  private final UserRequests requests;
  private final int faultSteps;
  private @Nullable SeededSystem system;
  private @Nullable StreamingQuery handle;
  private boolean isTerminating;
  private boolean isCalm;
  private boolean isEnding;

  /**
   * Creates a simulation.
   *
   * @param mostFaultSteps the maximum length of the phase with faults; the steps up to there are
   *     the same for each maximum
   * @param usersBlock whether users also wait for the query on threads of their own, which then
   *     learn of its end in any order
   */
  ShellSimulation(long seed, int mostFaultSteps, Trace trace, boolean usersBlock) {
    this.dice = Dice.of(seed);
    this.trace = trace;
    this.faults = ShellFaults.of(dice);
    this.faultSteps =
        Math.min(dice.between(200, dice.oneOf(500, 2_000, MOST_FAULT_STEPS)), mostFaultSteps);
    this.query = GeneratedQuery.of(dice, clock);
    this.config = SeededSystem.settings(dice, query);
    this.store = new SeededStore(dice, faults.store(), trace::add, query.journal());
    this.connectors = new FaultyConnectors(dice, faults.connector(), trace::add);
    this.requests = new UserRequests(dice, trace::add, usersBlock);
    trace.add(query.description() + ", " + config.getString("vellamo.query.hosting"));
  }

  void run() {
    try {
      for (int step = 0; step < faultSteps; step++) {
        if (!strike()) {
          proceed();
        }
      }
      calm();
      until("everything must be processed", this::isDrained);
      check();
      end();
    } finally {
      if (system != null) {
        system.tasks().close();
        requests.crash();
      }
    }
  }

  private void calm() {
    trace.add("no more faults");
    isCalm = true;
    store.calm();
    connectors.calm();
    if (system != null) {
      system.tasks().delay(0);
    }
    while (!query.isFed()) {
      trace.add("the source has " + query.feed());
    }
  }

  /** Goes on until something holds, which must be soon. */
  private void until(String what, Condition condition) {
    Instant begin = clock.instant();
    for (int step = 0; !condition.holds(); step++) {
      if (step == MOST_CALM_STEPS || clock.instant().isAfter(begin.plus(MOST_CALM_TIME))) {
        throw new AssertionError("%s; %s".formatted(what, situation()));
      }
      proceed();
    }
  }

  private interface Condition {
    boolean holds();
  }

  /** Perhaps does something out of the ordinary; returns whether it did. */
  private boolean strike() {
    if (!query.isFed() && dice.perMille(15)) {
      trace.add("the source has " + query.feed());
      return true;
    }
    SeededSystem running = system;
    if (running == null) {
      return false;
    }
    if (dice.perMille(faults.crash())) {
      crash(running);
      return true;
    }
    if (!isTerminating && dice.perMille(faults.restart())) {
      terminate(running);
      return true;
    }
    if (dice.perMille(faults.time())) {
      pass(Duration.ofMillis(dice.oneOf(1, 1, 10, 100, 1_000, 12_000)));
      return true;
    }
    StreamingQuery known = handle;
    if (known == null) {
      return false;
    }
    if (requests.mayBlock() && dice.perMille(faults.stop())) {
      requests.stop(known);
      return true;
    }
    if (dice.perMille(faults.request())) {
      requests.any(running.vellamo(), known);
      return true;
    }
    return false;
  }

  private void proceed() {
    SeededSystem running = system;
    if (running == null) {
      start();
    } else if (isTerminating && running.isTerminated() && running.tasks().isEmpty()) {
      trace.add("the actor system has terminated");
      running.tasks().close();
      system = null;
      handle = null;
    } else if (isTerminating || isActive() || isEnding || isComplete() || !startQuery(running)) {
      work(running);
    }
  }

  private void work(SeededSystem running) {
    String done = running.tasks().runNext();
    if (done != null) {
      trace.add(done);
      StreamingQuery known = handle;
      if (known != null && !known.isActive()) {
        requests.requireReturned();
        known.exception().ifPresent(ShellSimulation::requireSimulated);
      }
    } else {
      idle(running);
    }
  }

  /** Checks that a query has failed because of a fault, and not of a defect. */
  private static void requireSimulated(StreamingQueryException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (SIMULATED.matcher(each.toString()).find()) {
        return;
      }
    }
    throw new AssertionError("a query must not fail without a fault", failure);
  }

  private void idle(SeededSystem running) {
    long next = running.scheduler().nanosUntilNext();
    pass(next < TICK.toNanos() ? Duration.ofNanos(next) : TICK);
  }

  private void start() {
    trace.add("an actor system starts");
    SeededTasks tasks = new SeededTasks(dice);
    system = SeededSystem.start(config, tasks, store);
    tasks.delay(isCalm ? 0 : faults.delay());
    isTerminating = false;
  }

  /** Starts the query; returns false if its name is not free yet. */
  private boolean startQuery(SeededSystem running) {
    try {
      handle = query.builder(running.vellamo().query(GeneratedQuery.NAME), connectors).start();
      trace.add("the query starts");
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private boolean isActive() {
    return handle != null && handle.isActive();
  }

  /** Returns whether nothing is left to start the query for. */
  private boolean isComplete() {
    return hasNotFailed() && query.endsByItself() && query.isFed() && query.isProcessed();
  }

  /** Returns whether no epoch of the journal can be left that ranges of the sink lack. */
  private boolean hasNotFailed() {
    return handle != null && handle.exception().isEmpty();
  }

  private void crash(SeededSystem running) {
    trace.add("the process crashes");
    running.tasks().close();
    store.crash();
    requests.crash();
    system = null;
    handle = null;
  }

  private void terminate(SeededSystem running) {
    trace.add("the actor system is told to terminate");
    isTerminating = true;
    running.terminate();
  }

  private void pass(Duration time) {
    clock.advance(time);
    if (system != null) {
      system.scheduler().pass(time.toNanos());
    }
  }

  private boolean isDrained() {
    if (system == null || isTerminating || handle == null) {
      return false;
    }
    if (!system.tasks().isEmpty() || !query.isProcessed() || !hasNotFailed()) {
      return false;
    }
    return requests.areAnswered() && isActive() != query.endsByItself();
  }

  private void check() {
    SeededSystem running = system;
    StreamingQuery known = handle;
    if (running == null || known == null) {
      throw new AssertionError("the query must have started");
    }
    if (known.isActive()) {
      releaseParked();
      long due = clock.millis();
      settle();
      query.checkTimeouts(due);
      requests.note(
          "digests", running.vellamo().shardDigests(GeneratedQuery.NAME), query::checkMemory);
      until("shards must answer", requests::areAnswered);
    }
    trace.add("everything is processed");
    query.check();
  }

  /** Goes on until nothing happens although time passes. */
  private void settle() {
    Instant later = clock.instant().plusSeconds(1);
    until("everything must settle", () -> clock.instant().isAfter(later) && isDrained());
  }

  /** Asks the present run, which a request of a user to stop may replace by a new one. */
  private void releaseParked() {
    boolean[] areReleased = {false};
    for (int round = 0; !areReleased[0]; round++) {
      if (round == MOST_ROUNDS) {
        throw new AssertionError("parked groups must be released when users ask for it");
      }
      StreamingQuery known = requireNonNull(handle, "handle");
      requests.parkedGroups(known);
      requests.note("list", known.parkedGroups(), groups -> areReleased[0] = groups.isEmpty());
      settle();
    }
  }

  /** Stops the query and the actor system. */
  private void end() {
    isEnding = true;
    StreamingQuery known = requireNonNull(handle, "handle");
    if (known.isActive()) {
      requests.stop(known);
    }
    until("the query must end", () -> !known.isActive() && requests.areAnswered());
    requests.requireReturned();
    SeededSystem running = requireNonNull(system, "system");
    terminate(running);
    until("the actor system must terminate", running::isTerminated);
  }

  /** Describes the present situation. */
  private String situation() {
    return "the query is %s, processed %s; tasks: %s; requests: %s"
        .formatted(
            Optional.ofNullable(handle).map(StreamingQuery::status),
            query.isProcessed(),
            system == null ? "none" : system.tasks(),
            requests);
  }
}
