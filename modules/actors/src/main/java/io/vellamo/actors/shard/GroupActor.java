package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.time.EpochTimes;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * The actor of one group: the only place where the user's function runs for its key.
 *
 * <p>It may be stopped between epochs at any time, as the shard keeps the group's entry. The state
 * it holds live is used only while the shard still has the very bytes it was read from or written
 * to; so whatever happened to a write, it can't be ahead of the journal.
 */
final class GroupActor extends AbstractBehavior<GroupActor.Step> {
  /**
   * Call the function.
   *
   * @param call the group's entry and events
   * @param times the epoch's clocks
   * @param gather takes the result
   * @param place where in {@code gather}
   */
  record Step(GroupCall call, EpochTimes times, StepGather gather, int place) {}

  private final GroupStep<?, ?, ?, ?> step;
  private @Nullable Object live;
  private byte @Nullable [] liveBytes;

  private GroupActor(ActorContext<Step> context, GroupStep<?, ?, ?, ?> step) {
    super(context);
    this.step = step;
  }

  static Behavior<Step> create(GroupStep<?, ?, ?, ?> step) {
    return Behaviors.setup(context -> new GroupActor(context, step));
  }

  @Override
  public Receive<Step> createReceive() {
    return newReceiveBuilder().onMessage(Step.class, this::onStep).build();
  }

  private Behavior<Step> onStep(Step message) {
    message.gather.put(message.place, run(message.call, message.times));
    return this;
  }

  @SuppressWarnings("ReferenceEquality") // the very same bytes, not equal ones: see above
  private StepResult run(GroupCall call, EpochTimes times) {
    byte[] bytes = call.entry().state();
    Object known = bytes != null && bytes == liveBytes ? live : null;
    try {
      GroupBatch<Object> batch = call.batch();
      StepOutcome outcome =
          batch == null
              ? step.onTimeout(call.key(), call.entry(), known, times)
              : step.onEvents(batch, call.entry(), known, times);
      live = outcome.live();
      liveBytes = outcome.change().applyTo(call.entry()).state();
      return new StepResult.Stepped(outcome);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      live = null;
      liveBytes = null;
      return new StepResult.Threw(call, e);
    }
  }
}
