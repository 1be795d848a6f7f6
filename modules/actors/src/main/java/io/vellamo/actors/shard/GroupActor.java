package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.UntypedAbstractActor;

/**
 * One group while it is active: calls the user's function for it, and keeps its state live.
 *
 * <p>An actor of Pekko's classic API, which needs fewer objects than a typed one: most of a call's
 * time is spent waiting for them to come from memory.
 */
final class GroupActor extends UntypedAbstractActor {
  /**
   * Make a call.
   *
   * @param gather takes the result
   * @param place the call's place in it
   */
  record Step(EpochCall call, EpochTimes times, StepGather gather, int place) {}

  private final GroupStep<?, ?, ?, ?> step;
  private final LiveGroup group = new LiveGroup();

  private GroupActor(GroupStep<?, ?, ?, ?> step) {
    this.step = step;
  }

  static Props props(GroupStep<?, ?, ?, ?> step) {
    return Props.create(GroupActor.class, () -> new GroupActor(step));
  }

  @Override
  public void onReceive(Object message) {
    if (message instanceof Step next) {
      next.gather.put(next.place, group.run(step, next.call, next.times));
    } else {
      unhandled(message);
    }
  }
}
