package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.Trigger;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.protocol.query.QueryMachine.State;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of a query's machine to a position of the table: from the beginning, with the input that
 * each position on the way awaits.
 */
final class QueryWalk {
  /** The progress of the epoch that is read ahead while a full one runs. */
  enum Ahead {
    ASKED,
    PLANNED,
    READ,
    FAILED,
    UNAVAILABLE,
    ABANDONED
  }

  private static final int MOST_STEPS = 50;
  private static final Problem PASSING =
      new Problem(1, "refused", new Problem.Unavailable("sink", "java.net.ConnectException"));

  private int operators = 1;
  private Trigger trigger = Trigger.asap();
  private boolean hasInitialStates;
  private boolean emitsWholeResult;
  private boolean isInRanges;
  private boolean isPlanned;
  private int epoch = 1;
  private boolean isFull;
  private Ahead ahead = Ahead.ASKED;
  private boolean isBlocked;
  // The input by which the query journals; null if the source offers something.
  private @Nullable Consumer<MachineRun> toJournaling;
  // The call that fails where the position is RETRYING.
  private String retried = "write";
  private Consumer<MachineRun> atLast = run -> {};
  private String lastPosition = "";

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

  /** Has the only operator emit the whole result. */
  QueryWalk wholeResult() {
    emitsWholeResult = true;
    return this;
  }

  /** Has the sink written in ranges, as at the position {@code COMMITTING} in any case. */
  QueryWalk inRanges() {
    isInRanges = true;
    return this;
  }

  /** Begins with an epoch that an earlier run has planned. */
  QueryWalk planned() {
    isPlanned = true;
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

  /** Sets the input by which the query journals, if the position is {@code JOURNALING}. */
  QueryWalk toJournaling(Consumer<MachineRun> input) {
    toJournaling = input;
    return this;
  }

  /** Sets the call that fails, and is made again. */
  QueryWalk retries(String call) {
    retried = call;
    return this;
  }

  /** Has a call fail before the position is reached again, where it is made. */
  QueryWalk failsOnceIn(String position, QueryInput failure) {
    return atLastIn(
        position,
        run -> {
          run.on(failure);
          run.elapsedMillis += MachineRun.RETRY.minBackoff().toMillis();
          run.on(new QueryInput.Woken());
        });
  }

  /** Sets what happens at the position, if shards are started there. */
  QueryWalk atLast(Consumer<MachineRun> inputs) {
    atLast = inputs;
    return this;
  }

  /** Sets what happens at one position. */
  QueryWalk atLastIn(String position, Consumer<MachineRun> inputs) {
    lastPosition = position;
    return atLast(inputs);
  }

  /** Returns a machine at a position. */
  MachineRun to(String position) {
    Way way = new Way(position);
    for (int step = 0; !way.isAtTarget(); step++) {
      assertThat(step).as("position [%s] must be reached", position).isLessThan(MOST_STEPS);
      way.next();
    }
    boolean isStarted = way.run.machine.state().compareTo(State.STARTING) >= 0;
    if (lastPosition.isEmpty() ? isStarted : lastPosition.equals(position)) {
      atLast.accept(way.run);
    }
    return way.run;
  }

  private QuerySetup setup(String position) {
    if (emitsWholeResult && !Set.of("INITIAL_STATES", "ROUTING", "COMMITTING").contains(position)) {
      return MachineRun.setup(
          MachineRun.emittingWholeResult(), Trigger.asap(), List.of("source"), null);
    }
    boolean asks = Set.of("ASKING", "JOURNALING").contains(position);
    return MachineRun.setup(
        MachineRun.compiled(
            operators(position), hasInitialStates || position.equals("INITIAL_STATES")),
        trigger.ends() && !asks ? Trigger.asap() : trigger,
        List.of("source"),
        null,
        isInRanges || position.equals("COMMITTING") ? MachineRun.SHARDS : 0);
  }

  private int operators(String position) {
    int least =
        switch (position) {
          case "ROUTING" -> 2;
          case "STARTING", "INITIAL_STATES", "OPERATOR", "COMMITTING" -> 1;
          default -> isInRanges ? 1 : 0;
        };
    return Math.max(operators, least);
  }

  private QueryState recovered(String position) {
    return isPlanned
        ? new QueryWalk().operators(operators(position)).to("READING").durable
        : QueryState.EMPTY;
  }

  /** A machine on its way. */
  private final class Way {
    private final String target;
    private final MachineRun run;
    private final int lastEpoch;
    private int opened;
    private long written;
    private boolean hasAhead;

    Way(String target) {
      this.target = target;
      this.run = new MachineRun(setup(target), recovered(target));
      this.lastEpoch = lastEpoch();
    }

    /** Returns the epoch in which the position is reached: not all are in both. */
    private int lastEpoch() {
      boolean isBetween = Set.of("IDLE", "ASKING", "JOURNALING").contains(target);
      if (isBetween && (isPlanned || (isFull && ahead == Ahead.ABANDONED))) {
        return 2;
      }
      boolean isPassed =
          isFull
              && Set.of(Ahead.PLANNED, Ahead.READ, Ahead.FAILED, Ahead.UNAVAILABLE).contains(ahead);
      return target.equals("INITIAL_STATES") || (isPassed && !target.equals("JOURNALING"))
          ? 1
          : epoch;
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
      if (target.equals("RETRYING") && isLastEpoch() && fail(current)) {
        return;
      }
      switch (run.machine.position()) {
        case "RECOVERING" -> run.on(new QueryInput.Recovered(run.durable));
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
          for (int range = 0; range < run.machine.ranges(); range++) {
            run.on(new QueryInput.RangeWritten(range, current, 1));
          }
        }
        case "COMMITTING" -> {
          for (int range = 0; range < run.machine.ranges(); range++) {
            run.on(new QueryInput.RangeCommitted(range, written));
          }
        }
        default -> throw new AssertionError(run.machine.position());
      }
    }

    /** Lets the call fail that is to be made again; returns false if it is another one's turn. */
    private boolean fail(long current) {
      String turn = run.machine.position() + " " + retried;
      switch (turn) {
        case "OPENING open" -> run.on(new QueryInput.OpenFailed(PASSING));
        case "ASKING ask" -> run.on(new QueryInput.OfferFailed(PASSING));
        case "READING read" ->
            run.on(new QueryInput.ReadFailed(current, run.attempt(current), PASSING));
        case "SINK write" -> run.on(new QueryInput.WriteFailed(current, PASSING));
        default -> {
          return false;
        }
      }
      return true;
    }

    private void asked() {
      if (target.equals("STOPPED")) {
        run.on(new QueryInput.Stop());
      } else if (target.equals("IDLE") && isLastEpoch()) {
        offer(0);
      } else if (target.equals("JOURNALING") && isLastEpoch() && toJournaling != null) {
        toJournaling.accept(run);
      } else {
        offer(10);
      }
    }

    private void offer(int events) {
      List<OffsetRange> ranges = MachineRun.ranges(10L * written, 10L * written + events);
      run.on(
          run.machine.epochs().ahead().isAwaited()
              ? new QueryInput.OfferedAhead(ranges)
              : new QueryInput.Offered(ranges));
    }

    private void read() {
      if (isBlocked && target.equals("OPERATOR")) {
        run.lost(1);
      }
      if (isFull && !hasAhead) {
        run.read(written + 1, 0, 1);
      } else {
        run.read(written + 1, 0);
      }
    }

    private void operator() {
      if (isFull && !hasAhead && !target.equals("ROUTING")) {
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
      } else if (ahead == Ahead.UNAVAILABLE) {
        run.on(new QueryInput.ReadFailed(2, run.attempt(2), PASSING));
      }
    }
  }
}
