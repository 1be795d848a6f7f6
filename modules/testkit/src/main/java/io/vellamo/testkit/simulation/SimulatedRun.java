package io.vellamo.testkit.simulation;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.local.EffectQueue;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.local.PendingEffect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run of the query in a simulation, with its pending effects. */
final class SimulatedRun implements EffectQueue {
  /** An effect that has not happened. */
  static final class Waiting {
    final SimulatedRun run;
    final PendingEffect effect;
    final long dueMillis;
    int notBefore;

    Waiting(SimulatedRun run, PendingEffect effect, long dueMillis, int notBefore) {
      this.run = run;
      this.effect = effect;
      this.dueMillis = dueMillis;
      this.notBefore = notBefore;
    }
  }

  private final Simulation simulation;
  private final String name;
  private @Nullable LocalRun run;
  private boolean isStale;

  SimulatedRun(Simulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
  }

  void begin(LocalRun begun) {
    run = begun;
    begun.start();
  }

  LocalRun run() {
    if (run == null) {
      throw new AssertionError("the run must have begun");
    }
    return run;
  }

  boolean isEnded() {
    return run().isEnded();
  }

  /** Returns whether a later run has begun although this one has not ended. */
  boolean isStale() {
    return isStale;
  }

  void becomeStale() {
    isStale = true;
  }

  /** Returns the activations of shards that run. */
  List<LocalShard> shards() {
    List<LocalShard> active = new ArrayList<>();
    for (LocalShard shard : run().shards()) {
      if (!shard.isEnded()) {
        active.add(shard);
      }
    }
    return active;
  }

  /** Describes how far the run has come, for messages. */
  String situation() {
    LocalRun begun = run();
    StringBuilder text = new StringBuilder();
    text.append(begun).append(isEnded() ? " has ended" : " is " + begun.machine().state());
    if (begun.failure() != null) {
      text.append(" because of: ").append(begun.failure().message());
    }
    QueryLedger ledger = begun.machine().journal().ledger();
    if (ledger != null) {
      text.append(", committed epoch ").append(ledger.committedEpoch());
      text.append(" at ").append(ledger.offsets());
      if (ledger.planned() != null) {
        text.append(", planned");
        for (OffsetRange range : ledger.planned().ranges()) {
          text.append(' ').append(range.partition()).append(' ').append(range.until());
        }
      }
    }
    return text.toString();
  }

  @Override
  public void add(PendingEffect effect) {
    simulation.add(this, effect, 0);
  }

  @Override
  public void addAfter(long delayMillis, PendingEffect effect) {
    simulation.add(this, effect, delayMillis);
  }

  @Override
  public String toString() {
    return name;
  }
}
