package io.vellamo.engine.group;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A call of a user's function, set up before it is made. As in Spark's own cases, processing time
 * and watermark read 1000 unless said otherwise.
 *
 * @param timeout the operator's timeouts
 * @param hasWatermark whether {@code withWatermark} stands in front
 * @param stateCodec writes the state
 * @param before what is kept of the group
 * @param live the state that {@code before} holds, or null
 * @param times the epoch's clocks
 * @param <S> the state
 */
public record GroupCall<S>(
    GroupStateTimeout timeout,
    boolean hasWatermark,
    StateCodec<S> stateCodec,
    GroupEntry before,
    @Nullable S live,
    EpochTimes times) {
  /** What a user's function does with the state. */
  @FunctionalInterface
  public interface Action<S> {
    /** Does it. */
    void on(GroupState<S> state) throws Exception;
  }

  private static final GroupKey KEY = TestCodecs.key("k");

  /** Returns a call for a group without state. */
  public static GroupCall<Integer> of(GroupStateTimeout timeout) {
    return of(timeout, TestCodecs.NUMBERS);
  }

  static <S> GroupCall<S> of(GroupStateTimeout timeout, StateCodec<S> codec) {
    return new GroupCall<>(timeout, true, codec, GroupEntry.EMPTY, null, times(1000, 1000));
  }

  /** Returns clocks. */
  public static EpochTimes times(long processingTimeMillis, long watermarkMillis) {
    Watermark watermark = Watermark.of(watermarkMillis);
    return new EpochTimes(1, processingTimeMillis, watermark, watermark);
  }

  /** Returns the entry of a group with a state and a timeout, each of which may be null. */
  public static GroupEntry entry(@Nullable Integer state, @Nullable Long timeoutMillis) {
    return GroupEntry.of(state == null ? null : TestCodecs.NUMBERS.write(state), timeoutMillis);
  }

  /** Returns this call for a group of which something is kept. */
  public GroupCall<S> with(GroupEntry entry) {
    return new GroupCall<>(timeout, hasWatermark, stateCodec, entry, live, times);
  }

  GroupCall<S> withLive(@Nullable S value) {
    return new GroupCall<>(timeout, hasWatermark, stateCodec, before, value, times);
  }

  /** Returns this call at other times. */
  public GroupCall<S> at(EpochTimes others) {
    return new GroupCall<>(timeout, hasWatermark, stateCodec, before, live, others);
  }

  GroupCall<S> withoutWatermark() {
    return new GroupCall<>(timeout, false, stateCodec, before, live, times);
  }

  /** Returns the change that a call with one event makes. */
  public GroupChange change(Action<S> action) throws Exception {
    return events(silent(action)).change();
  }

  /** Returns what is kept after a call with one event. */
  public GroupEntry after(Action<S> action) throws Exception {
    return change(action).applyTo(before);
  }

  /** Returns the change that a timeout call makes. */
  public GroupChange timeoutChange(Action<S> action) throws Exception {
    return timedOut(silent(action)).change();
  }

  StepOutcome events(FlatMapGroupsWithStateFunction<String, String, S, String> function)
      throws Exception {
    GroupBatch<String> batch = new GroupBatch<>(KEY, "k");
    batch.add("event", 0, 0);
    return step(function).onEvents(batch, before, live, times);
  }

  StepOutcome timedOut(FlatMapGroupsWithStateFunction<String, String, S, String> function)
      throws Exception {
    return step(function).onTimeout(KEY, before, live, times);
  }

  private GroupStep<String, String, S, String> step(
      FlatMapGroupsWithStateFunction<String, String, S, String> function) {
    return new GroupStep<>(
        new GroupOperator<>(
            timeout,
            hasWatermark,
            new FunctionOperator<>(function),
            TestCodecs.KEYS,
            stateCodec,
            TestCodecs.ROWS));
  }

  private static <S> FlatMapGroupsWithStateFunction<String, String, S, String> silent(
      Action<S> action) {
    return (key, events, state) -> {
      action.on(state);
      Iterator<String> none = Collections.emptyIterator();
      return none;
    };
  }
}
