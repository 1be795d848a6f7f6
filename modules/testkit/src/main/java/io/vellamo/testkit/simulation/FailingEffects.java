package io.vellamo.testkit.simulation;

import io.vellamo.engine.local.PendingEffect;
import io.vellamo.engine.local.PendingEffect.Kind;
import java.util.List;

/**
 * Effects that fail, or that a crash cuts off: they have happened before it, wholly or in part, or
 * have not.
 */
final class FailingEffects {
  /** The number of rows after which a sink fails is below this. */
  private static final int FEW_ROWS = 4;

  private final Simulation simulation;
  private final Dice dice;

  FailingEffects(Simulation simulation, Dice dice) {
    this.simulation = simulation;
    this.dice = dice;
  }

  /** Ends a run as a crash does: of what is pending, some has happened, wholly or in part. */
  void crash(SimulatedRun run) {
    simulation.tell(run + " crashes");
    for (PendingEffect effect : simulation.removeEffects(run)) {
      if (isDurable(effect.kind()) && !effect.isCarriedOut()) {
        cutOff(effect);
      }
    }
    run.run().end();
  }

  private static boolean isDurable(Kind kind) {
    return kind == Kind.PERSIST
        || kind == Kind.MARK
        || kind == Kind.WRITE
        || kind == Kind.COMMIT
        || kind == Kind.COMMITTED;
  }

  private void cutOff(PendingEffect effect) {
    int fate = dice.below(4);
    if (fate == 0) {
      simulation.tell("it has happened: " + effect);
      effect.carryOut();
    } else if (fate == 1 && effect.kind() == Kind.PERSIST) {
      int records = dice.below(3);
      simulation.tell("%d records at most are written: %s".formatted(records, effect));
      simulation.journal().cutOff(records);
      effect.carryOut();
      simulation.journal().cutOff(Integer.MAX_VALUE);
    } else if (fate == 1 && mayFailPartly(effect)) {
      carryOutPartly(effect);
    }
  }

  /** Lets an effect fail, after it was carried out or instead. */
  void fail(PendingEffect effect) {
    boolean tookEffect = dice.coin();
    simulation.tell((tookEffect ? "happens and fails: " : "fails: ") + effect);
    if (tookEffect) {
      effect.carryOut();
    }
    effect.fail(new SimulatedFailure("simulated failure"));
  }

  /** Returns whether an effect is a write that can fail after some rows. */
  boolean mayFailPartly(PendingEffect effect) {
    return effect.kind() == Kind.WRITE
        && !effect.isCarriedOut()
        && !simulation.scenario().sinks().isEmpty();
  }

  /** Lets a write to the sinks fail after some rows. */
  void failPartly(PendingEffect effect) {
    carryOutPartly(effect);
    effect.complete();
  }

  private void carryOutPartly(PendingEffect effect) {
    List<? extends FailingSink<?>> sinks = simulation.scenario().sinks();
    FailingSink<?> failing = dice.pick(sinks);
    int rows = dice.below(FEW_ROWS);
    simulation.tell("%s fails after %d rows: %s".formatted(failing.description(), rows, effect));
    failing.failAfter(rows);
    effect.carryOut();
    failing.failAfter(FailingSink.NEVER);
  }
}
