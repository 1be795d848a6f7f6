package io.vellamo.testkit.simulation;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.local.EffectFilter;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.local.PendingEffect.Kind;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.protocol.query.QueryMachine;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.protocol.shard.ShardEffects;
import io.vellamo.engine.protocol.shard.ShardInput;
import io.vellamo.engine.shard.ParkRequest;
import io.vellamo.engine.shard.ParkedEntry;
import io.vellamo.testkit.simulation.SimulatedRun.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a simulation that are not the ordinary progress of the query. */
final class FaultSteps {
  private record Parked(int operator, GroupKey key) {}

  /** The number of steps after the loss of a shard in which more losses and crashes happen. */
  private static final int SERIES = 60;

  private static final int TIMES_IN_SERIES = 4;

  /**
   * By how much the loss of a shard is more frequent while it has written a part of an epoch, or a
   * page of the whole result is being taken.
   */
  private static final int TIMES_WITHIN_EPOCH = 10;

  private final Simulation simulation;
  private final Dice dice;
  private final Temperament temperament;
  private final FailingEffects failing;
  private final GroupRequestChecks groups;
  private int series;

  FaultSteps(Simulation simulation, Dice dice, Temperament temperament) {
    this.simulation = simulation;
    this.dice = dice;
    this.temperament = temperament;
    this.failing = new FailingEffects(simulation, dice);
    this.groups = new GroupRequestChecks(simulation, dice);
  }

  /** Perhaps does something out of the ordinary; returns whether it did. */
  boolean strike() {
    if (!simulation.scenario().isFed() && dice.perMille(60)) {
      simulation.tell("the source has " + simulation.scenario().feed(dice));
      return true;
    }
    if (temperament.strikes(FaultKind.CLOCK)) {
      moveClock();
      return true;
    }
    if (temperament.strikes(FaultKind.TRUNCATION) && truncate()) {
      return true;
    }
    if (temperament.strikes(FaultKind.LOSE_ROWS) && simulation.scenario().loseRows(dice)) {
      simulation.tell("rows that are not committed are lost");
      return true;
    }
    if (temperament.strikes(FaultKind.OUTAGE) && beginOutage()) {
      return true;
    }
    List<SimulatedRun> active = simulation.activeRuns();
    if (active.isEmpty()) {
      return false;
    }
    int times = times();
    if (temperament.strikes(FaultKind.CRASH, times)) {
      failing.crash(dice.pick(active));
      return true;
    }
    if (temperament.strikes(FaultKind.STALE) && active.size() < 3) {
      simulation.startRun();
      return true;
    }
    SimulatedRun run = dice.pick(active);
    List<LocalShard> halfway = withinEpoch(run);
    boolean isWithin = !halfway.isEmpty() || simulation.isPending(run, Kind.PAGE);
    int losses = isWithin ? TIMES_WITHIN_EPOCH : times;
    SimulatedNetwork network = simulation.network();
    if (network != null && temperament.strikes(FaultKind.MOVE_SHARD, losses)) {
      return moveShard(run, halfway, network);
    }
    if (temperament.strikes(FaultKind.LOSE_SHARD, losses)) {
      return loseShard(run, halfway);
    }
    // Few of those to parked groups would else be doubled by the network.
    if (temperament.strikes(FaultKind.REQUEST, network == null ? 1 : TIMES_IN_SERIES)) {
      return request(run);
    }
    return disturb();
  }

  /**
   * Returns by how much losses and crashes are more frequent now. An epoch that is run again is
   * seldom disturbed a second time unless they come in series.
   */
  private int times() {
    if (series == 0) {
      return 1;
    }
    series--;
    return TIMES_IN_SERIES;
  }

  /**
   * Deletes the records before the preceding snapshot, as a writer requests it after a mark. The
   * deletion may be late, delete only some of them, or never happen.
   */
  private boolean truncate() {
    SimulatedJournal journal = simulation.journal();
    List<String> logs = journal.names().stream().filter(journal::mayTruncate).toList();
    if (logs.isEmpty()) {
      return false;
    }
    String log = dice.pick(logs);
    long through =
        dice.coin()
            ? journal.deletable(log)
            : dice.between(
                Math.toIntExact(journal.deleted(log) + 1), Math.toIntExact(journal.deletable(log)));
    simulation.tell("the records of [%s] through %d are deleted".formatted(log, through));
    journal.truncate(log, through);
    return true;
  }

  /** Lets a source or a sink fail for some calls, of which the query makes one after the other. */
  private boolean beginOutage() {
    List<SimulatedSource<?>> sources = simulation.scenario().sources();
    List<? extends FailingSink<?>> sinks = simulation.scenario().sinks();
    if (sources.isEmpty() && sinks.isEmpty()) {
      return false;
    }
    int calls = dice.between(1, dice.oneOf(1, 3, 8));
    int picked = dice.below(sources.size() + sinks.size());
    if (picked < sources.size()) {
      SimulatedSource<?> source = sources.get(picked);
      simulation.tell("%s fails for %d calls".formatted(source.description(), calls));
      source.beginOutage(calls);
    } else {
      FailingSink<?> sink = sinks.get(picked - sources.size());
      int kept = dice.below(4);
      simulation.tell(
          "%s fails for %d calls, after %d rows".formatted(sink.description(), calls, kept));
      sink.beginOutage(dice, calls, kept);
    }
    return true;
  }

  private void moveClock() {
    int kind = dice.below(4);
    if (kind == 0) {
      int millis = dice.between(-3_000, 10_000);
      simulation.tell("the wall clock is set by %d ms".formatted(millis));
      simulation.clock().set(millis);
    } else {
      int millis = dice.oneOf(1, 10, 100, 1_000, 5_000);
      simulation.tell("%d ms pass".formatted(millis));
      simulation.clock().pass(millis);
    }
  }

  /** Returns the shards that have written some parts of an epoch, and not the last. */
  private List<LocalShard> withinEpoch(SimulatedRun run) {
    return run.shards().stream()
        .filter(shard -> simulation.journal().endsWithinEpoch(shard.log()))
        .toList();
  }

  private boolean loseShard(SimulatedRun run, List<LocalShard> preferred) {
    List<LocalShard> shards = preferred.isEmpty() ? run.shards() : preferred;
    if (shards.isEmpty()) {
      return false;
    }
    LocalShard shard = dice.pick(shards);
    series = SERIES;
    boolean goesOn = dice.coin();
    simulation.tell(goesOn ? shard + " is taken for lost and goes on" : shard + " stops");
    SimulatedFailure cause = new SimulatedFailure("simulated loss");
    if (goesOn) {
      run.run().lost(shard.index(), cause);
    } else {
      run.run().loseShard(shard.index(), cause);
    }
    return true;
  }

  /** Moves a shard; the query is seldom told. */
  private boolean moveShard(
      SimulatedRun run, List<LocalShard> preferred, SimulatedNetwork network) {
    List<LocalShard> shards = preferred.isEmpty() ? network.homes() : preferred;
    if (shards.isEmpty()) {
      return false;
    }
    LocalShard shard = dice.pick(shards);
    series = SERIES;
    network.lose(shard, dice.coin());
    if (dice.below(4) == 0 && !run.run().shards().isEmpty()) {
      run.run().lost(shard.index(), new SimulatedFailure("simulated loss"));
    }
    return true;
  }

  private boolean disturb() {
    boolean fails = temperament.strikes(FaultKind.FAILURE);
    boolean failsPartly = temperament.strikes(FaultKind.PARTIAL_WRITE);
    boolean halfway = temperament.strikes(FaultKind.HALFWAY);
    boolean twice = temperament.strikes(FaultKind.TWICE);
    if (!fails && !failsPartly && !halfway && !twice) {
      return false;
    }
    Waiting picked = simulation.pick();
    if (picked == null) {
      return false;
    }
    Kind kind = picked.effect.kind();
    if (fails && mayFail(kind)) {
      failing.fail(picked.effect);
      return true;
    }
    if (failsPartly && failing.mayFailPartly(picked.effect)) {
      failing.failPartly(picked.effect);
      return true;
    }
    if (twice && picked.effect.channel() != null) {
      simulation.repeat(picked);
    } else if (halfway && mayBeHalfway(kind) && !picked.effect.isCarriedOut()) {
      simulation.tell("happens, not reported yet: " + picked.effect);
      picked.effect.carryOut();
      picked.notBefore = 0;
      simulation.putBack(picked);
      return true;
    }
    simulation.putBack(picked);
    return false;
  }

  private static boolean mayBeHalfway(Kind kind) {
    return kind == Kind.PAGE || mayFail(kind);
  }

  private static boolean mayFail(Kind kind) {
    return switch (kind) {
      case RECOVER, PERSIST, MARK, OPEN, OFFER, READ, WRITE, COMMIT, COMMITTED -> true;
      case ROUTE, PAGE, CALL, MESSAGE, TURN -> false;
    };
  }

  private boolean request(SimulatedRun run) {
    QueryMachine.State state = run.run().machine().state();
    if (state == QueryMachine.State.RECOVERING || state == QueryMachine.State.RESUMING) {
      return false;
    }
    int kind = dice.below(16);
    if (kind >= 13) {
      return groups.request(run);
    }
    if (kind == 0) {
      simulation.tell("a user stops " + run);
      run.run().tell(new QueryInput.Stop());
      return true;
    }
    if (kind == 1) {
      simulation.tell("a user waits until %s is idle".formatted(run));
      run.run().request(QueryRequest.AwaitIdle::new, this::answered);
      return true;
    }
    if (kind == 2) {
      simulation.tell("a user waits until %s has settled".formatted(run));
      run.run().request(QueryRequest.Settle::new, this::answered);
      return true;
    }
    if (kind == 3) {
      simulation.tell("a user asks %s for parked groups".formatted(run));
      run.run().request(QueryRequest.ListParked::new, this::answered);
      return true;
    }
    return requestPark(run, dice.coin());
  }

  private boolean requestPark(SimulatedRun run, boolean redrives) {
    List<Parked> parked = parked(run);
    if (parked.isEmpty()) {
      return false;
    }
    Parked one = dice.pick(parked);
    ParkRequest.Kind kind = redrives ? ParkRequest.Kind.REDRIVE : ParkRequest.Kind.RELEASE;
    simulation.tell("a user asks %s to %s a group".formatted(run, kind));
    run.run().request(id -> new QueryRequest.Park(id, one.operator, one.key, kind), this::answered);
    return true;
  }

  private void answered(Object answer) {
    simulation.tell("the user is answered");
  }

  private List<Parked> parked(SimulatedRun run) {
    List<Parked> parked = new ArrayList<>();
    int shards = simulation.scenario().query().shards();
    for (LocalShard shard : run.shards()) {
      for (ParkedEntry group : shard.ledger().parked().all()) {
        parked.add(new Parked(shard.index() / shards, group.key()));
      }
    }
    return parked;
  }

  /** Returns whether nothing is left to ask for in the phase without faults. */
  boolean isCalm(SimulatedRun run) {
    return run.isEnded() || parked(run).isEmpty();
  }

  /** Does something while nothing is pending. */
  void idle() {
    SimulatedRun run = simulation.newest();
    if (simulation.isCalm() && run != null && !run.isEnded()) {
      requestPark(run, dice.coin());
    }
  }

  /**
   * Returns a filter that lets requests reach other activations of a shard as well, and messages of
   * ended activations get lost.
   */
  EffectFilter filter(EffectFilter planted) {
    return new EffectFilter() {
      @Override
      public QueryEffects ofQuery(LocalRun run, QueryEffects actual) {
        return planted.ofQuery(run, actual);
      }

      @Override
      public ShardEffects ofShard(LocalShard shard, ShardEffects actual) {
        return planted.ofShard(shard, actual);
      }

      @Override
      public ShardInput input(LocalShard shard, ShardInput input) {
        return planted.input(shard, input);
      }

      @Override
      public ShardReply reply(LocalShard shard, ShardReply reply) {
        return planted.reply(shard, reply);
      }

      @Override
      public boolean isLost(LocalShard ended) {
        if (simulation.isCalm() || !temperament.strikes(FaultKind.LOSE_MESSAGE)) {
          return false;
        }
        simulation.tell("lost with %s".formatted(ended));
        return true;
      }

      @Override
      public @Nullable LocalShard alsoReceives(LocalRun run, LocalShard own) {
        if (simulation.isCalm() || !temperament.strikes(FaultKind.ELSEWHERE)) {
          return null;
        }
        List<LocalShard> others = simulation.others(own);
        if (others.isEmpty()) {
          return null;
        }
        LocalShard other = dice.pick(others);
        simulation.tell("%s gets the request too".formatted(other));
        return other;
      }
    };
  }
}
