package io.vellamo.actors.shard;

import io.vellamo.actors.calls.CallSlot;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.UntypedAbstractActor;

/**
 * The actor of a group while it is active: the only place where the user's function runs for its
 * key. It may be stopped or given to another group at any time between two calls, as the shard
 * keeps the group's entry.
 *
 * <p>It uses Pekko's classic API, which needs fewer objects than the typed one: there may be
 * hundreds of thousands of actors, and most of a call's time is spent on cache misses.
 */
final class GroupActor extends UntypedAbstractActor {
  /**
   * Request to call the function.
   *
   * @param call the group's entry and events
   * @param isOfNewGroup whether the actor's preceding call, if any, may be that of another group
   * @param times the epoch's clocks
   * @param gather takes the result
   * @param place the index of the result in {@code gather}
   */
  record Step(
      EpochCall call, boolean isOfNewGroup, EpochTimes times, StepGather gather, int place) {}

  private final GroupCalls calls;
  private final LiveGroup group = new LiveGroup();

  private GroupActor(GroupCalls calls) {
    this.calls = calls;
  }

  static Props props(GroupCalls calls) {
    return Props.create(GroupActor.class, () -> new GroupActor(calls));
  }

  @Override
  public void onReceive(Object message) {
    if (message instanceof Step next) {
      call(next);
    } else {
      unhandled(message);
    }
  }

  private void call(Step next) {
    CallSlot slot = calls.enter();
    if (slot == null) {
      return;
    }
    if (next.isOfNewGroup) {
      group.forget();
    }
    CallResult result;
    try {
      int weight = calls.weight(next.place, next.gather.size(), next.times);
      result = calls.call(slot, group, next.call, next.times, weight);
    } finally {
      slot.exit();
    }
    if (result != null) {
      next.gather.put(next.place, result);
    }
  }
}
