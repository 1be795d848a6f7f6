package io.vellamo.testkit.simulation;

import io.vellamo.engine.local.EffectQueue;
import io.vellamo.engine.local.LocalRun;
import io.vellamo.engine.local.LocalShard;
import io.vellamo.engine.local.PendingEffect;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The network and the nodes of a simulated cluster: where each shard lives, and the messages
 * between coordinators and shards, which may be lost, doubled, late, and in any order.
 *
 * <p>A shard lives at one place, but does not know when that changes: a former activation goes on
 * until the journal refuses its writes, and gets messages that were sent to it before. The first
 * message to a shard without an activation starts one.
 *
 * <p><b>Threading</b> Used by one thread.
 */
final class SimulatedNetwork {
  private final Simulation simulation;
  private final Dice dice;
  private final Temperament temperament;
  private final EffectQueue queue;
  private final Map<Integer, LocalShard> homes = new TreeMap<>();
  private int nodes;

  SimulatedNetwork(Simulation simulation, Dice dice, Temperament temperament, EffectQueue queue) {
    this.simulation = simulation;
    this.dice = dice;
    this.temperament = temperament;
    this.queue = queue;
  }

  /** Carries a message, to its receiver or not, once or more than once. */
  void carry(String what, Runnable delivery) {
    if (!simulation.isCalm() && temperament.strikes(FaultKind.LOSE_IN_NETWORK)) {
      simulation.tell("lost in the network: " + what);
      return;
    }
    add(what, delivery);
    if (!simulation.isCalm() && temperament.strikes(FaultKind.TWICE_IN_NETWORK)) {
      add(what + ", again", delivery);
    }
  }

  private void add(String what, Runnable delivery) {
    queue.add(PendingEffect.report(PendingEffect.Kind.MESSAGE, what, delivery));
  }

  /**
   * Returns the activation that a request reaches: where the shard lives now, or where it lived
   * when the request was sent.
   *
   * @param atSending where the shard lived then; null if nowhere
   */
  LocalShard receiver(int shard, @Nullable LocalShard atSending, LocalRun sender) {
    boolean reachesFormer =
        atSending != null && !atSending.isEnded() && !simulation.isCalm() && dice.coin();
    if (atSending != null && reachesFormer) {
      return atSending;
    }
    LocalShard home = home(shard);
    return home == null ? start(shard, sender) : home;
  }

  /** Returns the activation at the place where a shard lives; null if there is none. */
  @Nullable LocalShard home(int shard) {
    LocalShard home = homes.get(shard);
    return home == null || home.isEnded() ? null : home;
  }

  private LocalShard start(int shard, LocalRun definition) {
    nodes++;
    LocalShard next =
        definition.activation(
            shard,
            "node " + nodes,
            queue,
            cause -> simulation.tell("shard %d ends: %s".formatted(shard, cause.getMessage())));
    homes.put(shard, next);
    next.start();
    return next;
  }

  /** Returns the activations at the places where shards live. */
  List<LocalShard> homes() {
    return homes.values().stream().filter(home -> !home.isEnded()).toList();
  }

  /** Moves a shard away from its activation, which goes on, or has it stop as a crash does. */
  void lose(LocalShard shard, boolean goesOn) {
    simulation.tell(goesOn ? shard + " is taken for lost and goes on" : shard + " stops");
    homes.remove(shard.index(), shard);
    if (!goesOn) {
      shard.end();
    }
  }
}
