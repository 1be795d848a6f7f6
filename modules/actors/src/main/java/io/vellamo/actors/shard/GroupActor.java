package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * The actor of one group: the only place where the user's function runs for its key.
 *
 * <p>It may be stopped between epochs at any time, as the shard keeps the group's entry. The state
 * it holds live is used only while the shard still has the very bytes it was read from or written
 * to; so whatever happened to a write, it can't be ahead of the journal.
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
  private @Nullable Object live;
  private byte @Nullable [] liveBytes;

  private GroupActor(GroupStep<?, ?, ?, ?> step) {
    this.step = step;
  }

  static Behavior<Step> create(GroupStep<?, ?, ?, ?> step) {
    return new GroupActor(step);
  }

  @Override
  public Behavior<Step> receive(TypedActorContext<Step> context, Step message) {
    message.gather.put(message.place, run(message.call, message.times));
    return this;
  }

  @Override
  public Behavior<Step> receiveSignal(TypedActorContext<Step> context, Signal signal) {
    return Behaviors.unhandled();
  }

  @SuppressWarnings("ReferenceEquality") // the very same bytes, not equal ones: see above
  private StepResult run(EpochCall call, EpochTimes times) {
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
