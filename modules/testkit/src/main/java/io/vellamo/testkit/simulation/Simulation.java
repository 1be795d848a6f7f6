package io.vellamo.testkit.simulation;

import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.local.EffectQueue;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.local.PendingEffect.Kind;
import io.vellamo.engine.local.ShardHosts;
import io.vellamo.engine.protocol.query.QueryMachine;
import io.vellamo.testkit.simulation.SimulatedRun.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A simulation of a query under one seed: first a phase with faults, then one without, in which
 * everything must be processed.
 *
 * <p><b>Threading</b> Used by one thread.
 */
final class Simulation {
  /** The most steps of the phase with faults. */
  static final int MOST_FAULT_STEPS = 700;

  /** The most steps of the phase without faults. */
  private static final int MOST_CALM_STEPS = 20_000;

  /** The wall clock's first time, some time in 2024. */
  private static final long FIRST_MILLIS = 1_719_835_200_000L;

  private final Dice dice;
  private final Dice queryDice;
  private final Dice inputDice;
  private final SeedReduction reduction;
  private final Trace trace;
  private final SimulatedClock clock = new SimulatedClock(FIRST_MILLIS);
  private final SimulatedJournal journal;
  private final Temperament temperament;
  private final List<SimulatedRun> runs = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final FaultSteps faults;
  private final SimulatedRun nodes = new SimulatedRun(this, "the nodes");
  // Null unless shards live on other nodes.
  private final @Nullable SimulatedNetwork network;
  private final int faultSteps;
  private @Nullable Scenario scenario;
  private int step;
  private int started;
  private boolean isCalm;

  /**
   * Creates a simulation.
   *
   * @param reduction what is left out; everything else is decided as if nothing was
   */
  Simulation(long seed, SeedReduction reduction, SimulatedJournal journal, Trace trace) {
    this(seed, reduction, journal, trace, false);
  }

  private Simulation(
      long seed,
      SeedReduction reduction,
      SimulatedJournal journal,
      Trace trace,
      boolean isCluster) {
    this.dice = Dice.of(seed, 0);
    this.queryDice = Dice.of(seed, 1);
    this.inputDice = Dice.of(seed, 2);
    this.reduction = reduction;
    this.trace = trace;
    this.journal = journal;
    this.temperament = new Temperament(dice, reduction.without(), isCluster);
    this.faultSteps = Math.min(dice.between(100, MOST_FAULT_STEPS), reduction.faultSteps());
    this.faults = new FaultSteps(this, dice, temperament);
    this.network = isCluster ? new SimulatedNetwork(this, dice, temperament, nodes) : null;
  }

  /** Creates a simulation of a cluster, in which the shards live on other nodes than the query. */
  static Simulation ofCluster(
      long seed, SeedReduction reduction, SimulatedJournal journal, Trace trace) {
    return new Simulation(seed, reduction, journal, trace, true);
  }

  /**
   * Returns what a generated query is made of.
   *
   * @param isComplete whether it is one in mode {@code COMPLETE}
   */
  GeneratedBy generatedBy(boolean isComplete) {
    return new GeneratedBy(queryDice, inputDice, reduction, clock, isComplete);
  }

  SimulatedClock clock() {
    return clock;
  }

  SimulatedJournal journal() {
    return journal;
  }

  /** Returns the network between a query and its shards; null if they are on one node. */
  @Nullable SimulatedNetwork network() {
    return network;
  }

  Scenario scenario() {
    if (scenario == null) {
      throw new AssertionError("the simulation must have begun");
    }
    return scenario;
  }

  /** Returns whether the phase without faults has begun. */
  boolean isCalm() {
    return isCalm;
  }

  /** Adds a line to the trace. */
  void tell(String line) {
    trace.add(line);
  }

  /** Runs the simulation. */
  void run(Scenario simulated) {
    scenario = simulated;
    while (step < faultSteps) {
      step++;
      clock.pass(dice.below(3));
      if (!faults.strike()) {
        proceed();
      }
    }
    calm();
    for (int calm = 0; !isDrained(); calm++) {
      if (calm == MOST_CALM_STEPS) {
        throw new AssertionError(
            "everything must be processed within [%d] steps without faults; %s"
                .formatted(MOST_CALM_STEPS, situation()));
      }
      step++;
      clock.pass(1);
      proceed();
    }
    tell("everything is processed");
    simulated.check(this);
  }

  private void calm() {
    tell("no more faults");
    isCalm = true;
    waiting.forEach(each -> each.notBefore = 0);
    scenario().calm();
    while (!scenario().isFed()) {
      tell("the source has " + scenario().feed(dice));
    }
  }

  /** Returns the newest run; null if there is none. */
  @Nullable SimulatedRun newest() {
    return runs.isEmpty() ? null : runs.get(runs.size() - 1);
  }

  /** Returns the queue of a run. */
  EffectQueue queue(LocalRun of) {
    return runs.stream().filter(run -> run.run() == of).findFirst().orElseThrow();
  }

  /** Returns all runs, in the order of their starts. */
  List<SimulatedRun> runs() {
    return List.copyOf(runs);
  }

  List<SimulatedRun> activeRuns() {
    return runs.stream().filter(run -> !run.isEnded()).toList();
  }

  private void proceed() {
    SimulatedRun newest = newest();
    if (newest == null || newest.isEnded()) {
      startRun();
      return;
    }
    Waiting next = pick();
    if (next != null) {
      complete(next);
    } else if (!passTime()) {
      faults.idle();
    }
  }

  /** Starts a run; one that has not ended goes on beside it. */
  void startRun() {
    SimulatedRun former = newest();
    if (former != null && !former.isEnded()) {
      former.becomeStale();
    }
    started++;
    String name = "run " + started;
    tell(name + " starts");
    SimulatedRun next = new SimulatedRun(this, name);
    LocalQuery query = scenario().query();
    next.begin(
        new LocalRun(
            query,
            scenario().setup(new UUID(0, started)),
            name,
            journal,
            next,
            faults.filter(scenario().filter(this)),
            run -> hosts(run, next)));
    runs.add(next);
  }

  private ShardHosts hosts(LocalRun run, SimulatedRun queue) {
    return network == null
        ? ShardHosts.own(run, queue, faults.filter(scenario().filter(this)))
        : new NetworkedShards(run, network, clock, queue);
  }

  void add(SimulatedRun run, PendingEffect effect, long delayMillis) {
    for (PendingEffect each : scenario().effects(effect)) {
      int delay = isCalm || !temperament.strikes(FaultKind.DELAY) ? 0 : dice.between(1, 120);
      waiting.add(new Waiting(run, each, clock.monotonicMillis() + delayMillis, step + delay));
    }
  }

  /** Returns an effect that may happen now, and removes it; null if there is none. */
  @Nullable Waiting pick() {
    List<Waiting> possible = possible();
    if (possible.isEmpty()) {
      return null;
    }
    Waiting picked = dice.pick(possible);
    waiting.remove(picked);
    return picked;
  }

  /** Puts an effect back that {@link #pick} returned, before the others. */
  void putBack(Waiting picked) {
    waiting.add(0, picked);
  }

  private List<Waiting> possible() {
    List<Waiting> possible = new ArrayList<>();
    Set<String> channels = new TreeSet<>();
    for (Waiting each : waiting) {
      String channel = each.effect.channel();
      boolean isFirst = channel == null || channels.add(channel);
      if (isFirst && each.dueMillis <= clock.monotonicMillis() && each.notBefore <= step) {
        possible.add(each);
      }
    }
    return possible;
  }

  private void complete(Waiting next) {
    next.effect.carryOut();
    Throwable failure = next.effect.failure();
    tell(next.effect + (failure == null ? "" : " - fails: " + failure.getMessage()));
    next.effect.complete();
  }

  /** Lets time pass until the next effect is due; returns false if there is none. */
  private boolean passTime() {
    long due = Long.MAX_VALUE;
    for (Waiting each : waiting) {
      if (each.notBefore > step) {
        return true;
      }
      due = Math.min(due, each.dueMillis);
    }
    if (due == Long.MAX_VALUE) {
      return false;
    }
    tell("time passes");
    clock.pass(Math.max(0, due - clock.monotonicMillis()));
    return true;
  }

  /** Returns whether an effect of a kind is pending in a run. */
  boolean isPending(SimulatedRun run, Kind kind) {
    return waiting.stream().anyMatch(each -> each.run == run && each.effect.kind() == kind);
  }

  /** Removes the pending effects of a run, and returns them. */
  List<PendingEffect> removeEffects(SimulatedRun run) {
    List<PendingEffect> removed = new ArrayList<>();
    for (Waiting each : List.copyOf(waiting)) {
      if (each.run == run) {
        waiting.remove(each);
        removed.add(each.effect);
      }
    }
    return removed;
  }

  /** Lets a message arrive again, some time later. */
  void repeat(Waiting picked) {
    Waiting again =
        new Waiting(picked.run, picked.effect, 0, isCalm ? 0 : step + dice.between(0, 60));
    tell("sent twice: " + picked.effect);
    waiting.add(again);
  }

  private boolean isDrained() {
    SimulatedRun newest = newest();
    if (newest == null || !isCalm) {
      return false;
    }
    for (Waiting each : waiting) {
      boolean isOfRun = each.run == newest || each.run == nodes;
      if (isOfRun && each.effect.kind() != Kind.TURN) {
        return false;
      }
    }
    return isCommitted(newest) && faults.isCalm(newest);
  }

  private boolean isCommitted(SimulatedRun newest) {
    QueryMachine machine = newest.run().machine();
    boolean rests =
        newest.isEnded()
            ? newest.run().failure() == null
                && scenario().query().prepared().plan().trigger().ends()
            : machine.state() == QueryMachine.State.IDLE;
    QueryLedger ledger = machine.journal().ledger();
    return rests
        && ledger != null
        && ledger.planned() == null
        && scenario().isRead(ledger.offsets());
  }

  /** Describes the present situation, for messages. */
  private String situation() {
    SimulatedRun newest = newest();
    if (newest == null) {
      return "nothing has started";
    }
    StringBuilder text = new StringBuilder(newest.situation()).append("; pending:");
    waiting.forEach(each -> text.append(" [").append(each.effect).append(']'));
    return text.toString();
  }

  /** Returns the active shards of all runs, except an activation and its run's others. */
  List<LocalShard> others(LocalShard own) {
    List<LocalShard> others = new ArrayList<>();
    for (SimulatedRun run : activeRuns()) {
      for (LocalShard shard : run.shards()) {
        if (shard != own && shard.log().equals(own.log())) {
          others.add(shard);
        }
      }
    }
    return others;
  }
}
