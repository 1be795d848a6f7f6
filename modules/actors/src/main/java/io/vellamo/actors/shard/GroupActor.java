package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The actor of one group: the only place where the user's function runs for its key.
 *
 * <p>It may be stopped between epochs at any time, as the shard keeps the group's entry.
 *
 * <p>There may be millions, with one kind of message: it is its own behaviour, without a context
 * and a table of handlers for each.
 */
final class GroupActor extends ExtensibleBehavior<GroupActor.Step> {
  /**
   * Call the function.
   *
   * @param call the group's entry and events
   * @param times the epoch's clocks
   * @param gather takes the result
   * @param place where in {@code gather}
   */
  record Step(EpochCall call, EpochTimes times, StepGather gather, int place) {}

  private final GroupStep<?, ?, ?, ?> step;
  private final LiveGroup group = new LiveGroup();

  private GroupActor(GroupStep<?, ?, ?, ?> step) {
    this.step = step;
  }

  static Behavior<Step> create(GroupStep<?, ?, ?, ?> step) {
    return new GroupActor(step);
  }

  @Override
  public Behavior<Step> receive(TypedActorContext<Step> context, Step message) {
    message.gather.put(message.place, group.run(step, message.call, message.times));
    return this;
  }

  @Override
  public Behavior<Step> receiveSignal(TypedActorContext<Step> context, Signal signal) {
    return Behaviors.unhandled();
  }
}
