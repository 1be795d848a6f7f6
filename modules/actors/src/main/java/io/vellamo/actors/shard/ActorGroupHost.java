package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupChange;
import io.vellamo.engine.group.GroupChange.Effect;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Hosts each active group as an actor of its own: a slow function holds up only its own group, and
 * the groups of a shard run side by side.
 *
 * <p>Actors are started on demand. Between epochs, those of removed groups and the least recently
 * used beyond a bound are stopped; the latter also between the calls of an epoch, as no group is
 * called twice in it.
 */
final class ActorGroupHost implements GroupHost {
  private final ActorContext<ShardCommand> context;
  private final GroupStep<?, ?, ?, ?> step;
  private final int maxActive;
  private final DispatcherSelector dispatcher;
  private final Map<GroupKey, ActorRef<GroupActor.Step>> active =
      new LinkedHashMap<>(16, 0.75f, true);

  /** Creates a host that keeps at most {@code maxActive} actors between epochs. */
  ActorGroupHost(
      ActorContext<ShardCommand> context,
      GroupStep<?, ?, ?, ?> step,
      int maxActive,
      DispatcherSelector dispatcher) {
    this.context = context;
    this.step = step;
    this.maxActive = maxActive;
    this.dispatcher = dispatcher;
  }

  @Override
  public void call(List<EpochCall> calls, EpochTimes times) {
    letGoBeyondBound();
    StepGather gather = new StepGather(calls.size(), context.getSelf());
    for (int place = 0; place < calls.size(); place++) {
      EpochCall call = calls.get(place);
      actor(call.key()).tell(new GroupActor.Step(call, times, gather, place));
    }
  }

  @Override
  public void epochEnded(List<GroupChange> changes) {
    for (GroupChange change : changes) {
      if (change.effect() == Effect.REMOVED) {
        ActorRef<GroupActor.Step> removed = active.remove(change.key());
        if (removed != null) {
          context.stop(removed);
        }
      }
    }
    letGoBeyondBound();
  }

  private void letGoBeyondBound() {
    Iterator<ActorRef<GroupActor.Step>> leastRecentlyUsed = active.values().iterator();
    for (int excess = active.size() - maxActive; excess > 0; excess--) {
      context.stop(leastRecentlyUsed.next());
      leastRecentlyUsed.remove();
    }
  }

  private ActorRef<GroupActor.Step> actor(GroupKey key) {
    ActorRef<GroupActor.Step> known = active.get(key);
    if (known != null) {
      return known;
    }
    ActorRef<GroupActor.Step> started = context.spawnAnonymous(GroupActor.create(step), dispatcher);
    active.put(key, started);
    return started;
  }
}
