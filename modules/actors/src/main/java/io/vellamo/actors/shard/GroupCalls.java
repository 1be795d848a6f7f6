package io.vellamo.actors.shard;

import io.vellamo.actors.calls.CallSlot;
import io.vellamo.actors.calls.UserCalls;
import io.vellamo.api.SerializationException;
import io.vellamo.api.query.QueryClock;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a shard's groups, which also describes the calls under way.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class GroupCalls implements Function<Object, String> {
  private final UserCalls calls;
  private final GroupStep<?, ?, ?, ?> step;
  private final KeyCodec keyCodec;
  private final String operator;
  private final QueryClock clock;
  private final boolean measures;

  GroupCalls(ShardConfig config) {
    this.calls = config.calls();
    this.step = new GroupStep<>(config.spec().operator());
    this.keyCodec = config.spec().operator().keyCodec();
    this.operator = config.spec().operatorName();
    this.clock = config.clock();
    this.measures = config.measuresCalls();
  }

  /**
   * Announces calls on this thread; returns null if the query is stopping and no call may follow.
   */
  @Nullable CallSlot enter() {
    CallSlot slot = calls.slot();
    return slot.enter(this) ? slot : null;
  }

  /**
   * Returns the number of calls that the time of a call stands for; 0 if it is not to be measured.
   *
   * @param place the place of the call in its round
   * @param calls the number of calls of the round
   */
  int weight(int place, int calls, EpochTimes times) {
    return measures ? CallSample.weight(place, calls, times.epoch()) : 0;
  }

  /**
   * Makes a call.
   *
   * @param slot the slot entered
   * @param weight the number of calls that its time stands for; 0 not to measure it
   * @return the result; null if the query is stopping, as results are ignored then
   */
  @Nullable CallResult call(
      CallSlot slot, LiveGroup group, EpochCall call, EpochTimes times, int weight) {
    if (calls.isStopped()) {
      return null;
    }
    slot.begin(call);
    CallResult result;
    try {
      long began = weight == 0 ? 0 : clock.monotonicNanos();
      result = group.run(step, call, times);
      if (weight > 0 && result instanceof CallResult.Returned returned) {
        result = returned.measured((clock.monotonicNanos() - began) * weight);
      }
    } finally {
      slot.end();
    }
    // The call may have been interrupted: an exception is then no failure of the function.
    return calls.isStopped() ? null : result;
  }

  @Override
  public String apply(Object call) {
    String function = "the function of [%s]".formatted(operator);
    if (!(call instanceof EpochCall of)) {
      return function;
    }
    try {
      return "%s for group [%s]".formatted(function, key(of));
    } catch (RuntimeException e) {
      // The key's toString may throw, which must not fail the observer.
      return "%s for a group whose key throws [%s]".formatted(function, e.getClass().getName());
    }
  }

  private @Nullable Object key(EpochCall call) {
    GroupBatch<Object> batch = call.batch();
    if (batch != null) {
      return batch.userKey();
    }
    try {
      return keyCodec.read(call.key());
    } catch (SerializationException e) {
      return call.key();
    }
  }
}
