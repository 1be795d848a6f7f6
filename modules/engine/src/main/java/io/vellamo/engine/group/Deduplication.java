package io.vellamo.engine.group;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Stage.Deduplicate.Memory;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.query.OutputMode;
import io.vellamo.engine.time.Millis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stateful function that emits the first event of each group and drops its duplicates.
 *
 * <p>The state holds the times until which events are remembered, and is empty if they are
 * remembered forever. A time is dropped once the watermark has passed it. The comparison is strict,
 * like lateness: an event at the watermark is not late, so its duplicates must still be recognized.
 * Spark drops such an event as late instead.
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
   * @param delay the delay of the watermark upstream
   */
  public static Stage.Group of(Stage.Deduplicate stage, Duration delay) {
    GroupStateTimeout timeout =
        stage.memory() == Memory.FOREVER ? GroupStateTimeout.NONE : GroupStateTimeout.EVENT_TIME;
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
    GroupBatch<Object> batch = events instanceof GroupBatch<Object> some ? some : null;
    List<Object> first = new ArrayList<>();
    switch (memory) {
      case FOREVER -> firstOfAll(batch, kept, first);
      case UNTIL_LATE -> firstOfEachTime(batch, kept, first);
      case WITHIN_DELAY -> firstWithinDelay(batch, kept, first);
    }
    return first.iterator();
  }

  private static void firstOfAll(
      @Nullable GroupBatch<Object> batch, StepState<long[]> kept, List<Object> first) {
    if (!kept.exists()) {
      passNext(batch, first);
      kept.update(new long[0]);
    }
  }

  private static void firstOfEachTime(
      @Nullable GroupBatch<Object> batch, StepState<long[]> kept, List<Object> first) {
    long[] before = kept.exists() ? kept.get() : new long[0];
    KnownTimes times = KnownTimes.of(before);
    while (batch != null && batch.hasNext()) {
      Object event = batch.next();
      Instant time = batch.currentEventTime();
      if (times.add(time)) {
        first.add(new TimedRow(event, time));
      }
    }
    times.forget(kept.watermark());
    keep(times.toArray(), before, kept);
    kept.timeoutAt(times.earliestMillis());
  }

  /** Treats an event without event time as an event of 1970, as Spark does. */
  private void firstWithinDelay(
      @Nullable GroupBatch<Object> batch, StepState<long[]> kept, List<Object> first) {
    long[] before = kept.exists() ? kept.get() : new long[0];
    long[] after = before;
    if (before.length == 0 && passNext(batch, first)) {
      Instant time = ((TimedRow) first.get(0)).eventTime();
      after = new long[] {Millis.plus(time == null ? 0 : Millis.of(time), delayMillis)};
    }
    if (after.length > 0 && kept.watermark().hasPassed(after[0])) {
      after = new long[0];
    }
    keep(after, before, kept);
    kept.timeoutAt(after.length == 0 ? null : Long.valueOf(after[0]));
  }

  private static boolean passNext(@Nullable GroupBatch<Object> batch, List<Object> first) {
    if (batch == null || !batch.hasNext()) {
      return false;
    }
    Object event = batch.next();
    first.add(new TimedRow(event, batch.currentEventTime()));
    return true;
  }

  /** Writes the state only if it has changed. */
  private static void keep(long[] after, long[] before, StepState<long[]> kept) {
    if (after.length == 0) {
      if (before.length > 0) {
        kept.remove();
      }
    } else if (!Arrays.equals(after, before)) {
      kept.update(after);
    }
  }
}
