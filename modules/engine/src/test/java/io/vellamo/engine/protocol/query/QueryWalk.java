package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Trigger;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.protocol.query.QueryMachine.State;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The way of a query's machine to a position of the table: from the beginning, with the input that
 * each position on the way awaits.
 */
final class QueryWalk {
  /** How far the epoch after a full one comes while the full one runs. */
  enum Ahead {
    ASKED,
    PLANNED,
    READ,
    FAILED,
    ABANDONED
  }

  private static final int MOST_STEPS = 50;

  private int operators = 1;
  private Trigger trigger = Trigger.asap();
  private boolean hasInitialStates;
  private QueryState recovered = QueryState.EMPTY;
  private int epoch = 1;
  private boolean isFull;
  private Ahead ahead = Ahead.ASKED;
  private boolean isBlocked;
  private Consumer<MachineRun> toJournaling = run -> run.offer(0, 10);
  private Consumer<MachineRun> atLast = run -> {};

  /** Sets the number of operators, where the position does not need more. */
  QueryWalk operators(int number) {
    operators = number;
    return this;
  }

  /** Sets the trigger; one that ends has effect only where the source is asked. */
  QueryWalk trigger(Trigger other) {
    trigger = other;
    return this;
  }

  QueryWalk initialStates() {
    hasInitialStates = true;
    return this;
  }

  QueryWalk recovered(QueryState state) {
    recovered = state;
    return this;
  }

  /** Reaches the position in the second epoch: when the source is asked, the first one is due. */
  QueryWalk second() {
    epoch = 2;
    return this;
  }

  /** Has the first epoch as large as possible, so that the source is asked ahead. */
  QueryWalk full(Ahead comesTo) {
    isFull = true;
    ahead = comesTo;
    return this;
  }

  /** Has the operator wait for a shard. */
  QueryWalk blocked() {
    isBlocked = true;
    return this;
  }

  /** Sets the input by which the query journals. */
  QueryWalk toJournaling(Consumer<MachineRun> input) {
    toJournaling = input;
    return this;
  }

  /** Sets what happens at the position, if shards are started there. */
  QueryWalk atLast(Consumer<MachineRun> inputs) {
    atLast = inputs;
    return this;
  }

  /** Returns a machine at a position. */
  MachineRun to(String position) {
    Way way = new Way(position);
    for (int step = 0; !way.isAtTarget(); step++) {
      assertThat(step).as("position [%s] must be reached", position).isLessThan(MOST_STEPS);
      way.next();
    }
    if (way.run.machine.state().compareTo(State.STARTING) >= 0) {
      atLast.accept(way.run);
    }
    return way.run;
  }

  private QuerySetup setup(String position) {
    int most = Math.max(operators, position.equals("ROUTING") ? 2 : 0);
    int least = Set.of("STARTING", "INITIAL_STATES", "OPERATOR").contains(position) ? 1 : 0;
    boolean asks = Set.of("ASKING", "JOURNALING").contains(position);
    return MachineRun.setup(
        Math.max(most, least),
        trigger.ends() && !asks ? Trigger.asap() : trigger,
        hasInitialStates || position.equals("INITIAL_STATES"));
  }

  /** A machine on its way. */
  private final class Way {
    private final String target;
    private final MachineRun run;
    private final int lastEpoch;
    private int opened;
    private int written;
    private boolean hasAhead;

    Way(String target) {
      this.target = target;
      this.run = new MachineRun(setup(target), recovered);
      boolean isAbandonedBefore =
          isFull
              && ahead == Ahead.ABANDONED
              && Set.of("IDLE", "ASKING", "JOURNALING").contains(target);
      this.lastEpoch = isAbandonedBefore ? 2 : epoch;
    }

    boolean isAtTarget() {
      if (!run.machine.position().equals(target)) {
        return false;
      }
      return switch (target) {
        case "STARTING" -> opened == 1;
        case "OPERATOR" -> isLastEpoch() && (written > 0 || !isFull || hasAhead);
        case "READING" -> isLastEpoch() && (!isFull || ahead != Ahead.ABANDONED || hasAhead);
        case "ASKING", "JOURNALING", "INITIAL_STATES", "ROUTING", "SINK" -> isLastEpoch();
        default -> true;
      };
    }

    private boolean isLastEpoch() {
      return written == lastEpoch - 1;
    }

    /** Gives the input that the machine awaits. */
    void next() {
      long current = written + 1;
      switch (run.machine.position()) {
        case "RECOVERING" -> run.on(new QueryInput.Recovered(recovered));
        case "OPENING" -> run.on(new QueryInput.Opened());
        case "STARTING" -> run.opened(opened++, 1);
        case "RESUMING", "JOURNALING" -> run.journaled();
        case "ASKING" -> asked();
        case "INITIAL_STATES" -> run.on(new QueryInput.InitialStatesRead(Set.of()));
        case "READING" -> read();
        case "OPERATOR" -> operator();
        case "ROUTING" -> run.routed(current, 0, 2);
        case "SINK" -> {
          run.on(new QueryInput.SinkWritten(current, 1));
          written++;
        }
        default -> throw new AssertionError(run.machine.position());
      }
    }

    private void asked() {
      if (target.equals("STOPPED")) {
        run.on(new QueryInput.Stop());
      } else if (target.equals("IDLE") && isLastEpoch()) {
        run.offer(0, 0);
      } else if (target.equals("JOURNALING") && isLastEpoch()) {
        toJournaling.accept(run);
      } else if (isFull && written == 1 && ahead == Ahead.ASKED) {
        run.on(new QueryInput.OfferedAhead(MachineRun.ranges(10, 20)));
      } else {
        run.offer(10L * written, 10L * written + 10);
      }
    }

    private void read() {
      if (isBlocked && target.equals("OPERATOR")) {
        run.lost(1);
      }
      if (isFull && !hasAhead && written == 0) {
        run.read(1, 0, 1);
      } else {
        run.read(written + 1, 0);
      }
    }

    private void operator() {
      if (isFull && !hasAhead) {
        hasAhead = true;
        readAhead();
        return;
      }
      for (int shard = 0; run.machine.position().equals("OPERATOR"); shard++) {
        run.done(shard);
      }
    }

    private void readAhead() {
      if (ahead == Ahead.ABANDONED) {
        run.lost(1);
        run.on(new QueryInput.ShardRestarted(1));
        run.opened(1, 2);
      } else if (ahead != Ahead.ASKED) {
        run.on(new QueryInput.OfferedAhead(MachineRun.ranges(10, 20)));
      }
      if (ahead == Ahead.READ) {
        run.read(2, 0);
      } else if (ahead == Ahead.FAILED) {
        run.on(new QueryInput.ReadFailed(2, run.attempt(2), new Problem(1, "broken")));
      }
    }
  }
}
