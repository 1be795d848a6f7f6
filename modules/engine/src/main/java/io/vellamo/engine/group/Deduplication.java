package io.vellamo.engine.group;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.plan.Stage;
import io.vellamo.api.plan.Stage.Deduplicate.Memory;
import io.vellamo.api.plan.StatefulOperator;
import io.vellamo.api.query.OutputMode;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lets the first event of each group through, on the same path as a user's function.
 *
 * <p>The state says until when events are remembered: nothing for one that is remembered for ever,
 * else times that are forgotten when the watermark has passed them. It is strict, like lateness: an
 * event as old as the watermark is not late, so its duplicates must still be known. Spark drops the
 * event as late instead.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class Deduplication
    implements FlatMapGroupsWithStateFunction<Object, Object, long[], Object> {
  private final Memory memory;
  private final long delayMillis;

  private Deduplication(Memory memory, long delayMillis) {
    this.memory = memory;
    this.delayMillis = delayMillis;
  }

  /**
   * Returns the operator of a stage.
   *
   * @param delay the delay of the watermark in front
   */
  public static Stage.Group of(Stage.Deduplicate stage, Duration delay) {
    GroupStateTimeout timeout =
        stage.memory() == Memory.FOR_EVER ? GroupStateTimeout.NONE : GroupStateTimeout.EVENT_TIME;
    StatefulOperator operator =
        new StatefulOperator(
            stage.kind(),
            stage.givenName(),
            OutputMode.APPEND,
            timeout,
            StateType.of(long[].class),
            Optional.empty(),
            new Deduplication(stage.memory(), delay.toMillis()));
    return new Stage.Group(stage.key(), stage.keyClass(), operator);
  }

  /** Called by {@link GroupStep} only, with its own batches and states. */
  @Override
  public Iterator<Object> call(Object key, Iterator<Object> events, GroupState<long[]> state) {
    StepState<long[]> kept = (StepState<long[]>) state;
    boolean known = kept.exists();
    TreeSet<Long> times = new TreeSet<>();
    if (known) {
      for (long time : kept.get()) {
        times.add(time);
      }
    }
    List<Object> first = new ArrayList<>();
    if (events instanceof GroupBatch<Object> batch) {
      while (batch.hasNext()) {
        Object event = batch.next();
        long time = batch.currentEventTime();
        if (memory == Memory.UNTIL_LATE ? times.add(time) : !known) {
          first.add(new TimedRow(event, time));
          known = true;
          if (memory == Memory.WITHIN_DELAY) {
            times.add(expiry(time));
          }
        }
      }
    }
    keep(times, kept);
    return first.iterator();
  }

  private long expiry(long time) {
    if (time == GroupBatch.NO_EVENT_TIME) {
      return time;
    }
    long expiry = time + delayMillis;
    return expiry < time ? Long.MAX_VALUE : expiry;
  }

  private void keep(NavigableSet<Long> times, StepState<long[]> kept) {
    if (memory == Memory.FOR_EVER) {
      if (!kept.exists()) {
        kept.update(new long[0]);
      }
      return;
    }
    long[] before = kept.exists() ? kept.get() : new long[0];
    Watermark watermark = kept.watermark();
    times.removeIf(time -> time != GroupBatch.NO_EVENT_TIME && watermark.hasPassed(time));
    long[] after = times.stream().mapToLong(Long::longValue).toArray();
    if (after.length == 0) {
      if (before.length > 0) {
        kept.remove();
      }
      return;
    }
    // A state that did not change is not written again.
    if (!Arrays.equals(after, before)) {
      kept.update(after);
    }
    kept.timeoutAt(times.higher(GroupBatch.NO_EVENT_TIME));
  }
}
