package io.vellamo.engine.group;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.DeclaredState;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Stage.Deduplicate.Memory;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.query.OutputMode;
import io.vellamo.engine.time.Millis;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * An operator that emits the first event of each group and drops its duplicates.
 *
 * <p>The state holds the times until which events are remembered, and is empty if they are
 * remembered forever. A time is dropped once the watermark has passed it. The comparison is strict,
 * like lateness: an event at the watermark is not late, so its duplicates must still be recognized.
 * Spark drops such an event as late instead.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class Deduplication implements KeyedOperator<Object, Object, long[], Object> {
  private static final long[] NONE = {};

  private final Memory memory;
  private final long delayMillis;

  private Deduplication(Memory memory, long delayMillis) {
    this.memory = memory;
    this.delayMillis = delayMillis;
  }

  /**
   * Returns the calls of a stage.
   *
   * @param delay the delay of the watermark upstream
   */
  public static Deduplication of(Stage.Deduplicate stage, Duration delay) {
    return new Deduplication(stage.memory(), delay.toMillis());
  }

  /** Returns the description of the operator of a stage. */
  public static StatefulOperator operator(Stage.Deduplicate stage) {
    GroupStateTimeout timeout =
        stage.memory() == Memory.FOREVER ? GroupStateTimeout.NONE : GroupStateTimeout.EVENT_TIME;
    return new StatefulOperator(
        stage.kind(),
        stage.givenName(),
        OutputMode.APPEND,
        timeout,
        StateType.of(long[].class),
        Optional.empty(),
        DeclaredState.NONE,
        Set.of());
  }

  @Override
  public void onEvents(
      Object key, KeyedEvents<Object> events, KeyedState<long[]> kept, Rows<Object> first) {
    switch (memory) {
      case FOREVER -> firstOfAll(events, kept, first);
      case UNTIL_LATE -> firstOfEachTime(events, kept, first);
      case WITHIN_DELAY -> firstWithinDelay(events, kept, first);
    }
  }

  @Override
  public void onTimeout(Object key, KeyedState<long[]> kept, Rows<Object> first) {
    switch (memory) {
      case FOREVER -> throw new AssertionError("no timeout is set");
      case UNTIL_LATE -> forgetTimes(KnownTimes.of(timesOf(kept)), kept);
      case WITHIN_DELAY -> forgetUntil(timesOf(kept), kept);
    }
  }

  private static void firstOfAll(
      KeyedEvents<Object> events, KeyedState<long[]> kept, Rows<Object> first) {
    if (!kept.exists()) {
      emitNext(events, first);
      kept.update(new long[0]);
    }
  }

  private static void firstOfEachTime(
      KeyedEvents<Object> events, KeyedState<long[]> kept, Rows<Object> first) {
    KnownTimes times = KnownTimes.of(timesOf(kept));
    while (events.hasNext()) {
      Object event = events.next();
      Instant time = events.eventTime();
      if (times.add(time)) {
        first.emit(event, time);
      }
    }
    forgetTimes(times, kept);
  }

  private static void forgetTimes(KnownTimes times, KeyedState<long[]> kept) {
    times.forget(kept.watermark());
    keep(times.toArray(), kept);
    kept.timeoutAt(times.earliestMillis());
  }

  /** Treats an event without event time as an event of 1970, as Spark does. */
  private void firstWithinDelay(
      KeyedEvents<Object> events, KeyedState<long[]> kept, Rows<Object> first) {
    long[] until = timesOf(kept);
    if (until.length == 0 && emitNext(events, first)) {
      Instant time = events.eventTime();
      until = new long[] {Millis.plus(time == null ? 0 : Millis.of(time), delayMillis)};
    }
    forgetUntil(until, kept);
  }

  private static void forgetUntil(long[] until, KeyedState<long[]> kept) {
    long[] after = until;
    if (after.length > 0 && kept.watermark().hasPassed(after[0])) {
      after = NONE;
    }
    keep(after, kept);
    kept.timeoutAt(after.length == 0 ? null : Long.valueOf(after[0]));
  }

  private static boolean emitNext(KeyedEvents<Object> events, Rows<Object> first) {
    if (!events.hasNext()) {
      return false;
    }
    Object event = events.next();
    first.emit(event, events.eventTime());
    return true;
  }

  private static long[] timesOf(KeyedState<long[]> kept) {
    return kept.exists() ? kept.get() : NONE;
  }

  /** Writes the state only if it has changed. */
  private static void keep(long[] after, KeyedState<long[]> kept) {
    long[] before = timesOf(kept);
    if (after.length == 0) {
      if (before.length > 0) {
        kept.remove();
      }
    } else if (!Arrays.equals(after, before)) {
      kept.update(after);
    }
  }
}
