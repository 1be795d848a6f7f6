package io.vellamo.benchmarks.vellamo;

import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.Timer;
import io.vellamo.api.process.ValueVariable;
import io.vellamo.api.process.Variables;
import io.vellamo.benchmarks.workload.Row;
import io.vellamo.benchmarks.workload.Workload;
import java.time.Instant;
import java.util.Iterator;

/**
 * The processor of Q12. It counts a key's events in tumbling windows of processing time, which
 * {@code Window} doesn't offer, and emits a count at the end of its window.
 *
 * <p>Windows that are open at the end of the input are closed by a timer in event time, since
 * draining a query ends event time only.
 *
 * @param <V> the events
 */
final class CountInProcessingTime<V> implements GroupProcessor<Long, V, Row> {
  static final ValueVariable<Long> COUNT = Variables.value("count", Long.class);
  static final ProcessingTimer WINDOW_END = ProcessingTimer.named("window-end");
  static final EventTimer INPUT_END = EventTimer.named("input-end");

  private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE - 1);

  @Override
  public void declare(Declarations declarations) {
    declarations.use(COUNT).use(WINDOW_END).use(INPUT_END);
  }

  @Override
  public void onEvents(Long key, Iterator<V> events, GroupContext<Row> group) {
    Instant end = endOfWindow(group.currentProcessingTime());
    Instant open = group.timers(WINDOW_END).time().orElse(null);
    if (open != null && !open.equals(end)) {
      // Its timer is due in this epoch, but timers fire after events.
      emitCount(key, open, group);
    }
    if (!end.equals(open)) {
      group.timers(WINDOW_END).set(end);
      group.timers(INPUT_END).set(LATEST);
    }
    long count = group.value(COUNT).orElse(0L);
    for (; events.hasNext(); events.next()) {
      count++;
    }
    group.value(COUNT).update(count);
  }

  @Override
  public void onTimer(Long key, Timer timer, GroupContext<Row> group) {
    Instant end =
        timer.is(WINDOW_END) ? timer.time() : group.timers(WINDOW_END).time().orElseThrow();
    emitCount(key, end, group);
    group.timers(WINDOW_END).cancel();
    group.timers(INPUT_END).cancel();
  }

  private static void emitCount(Long key, Instant end, GroupContext<Row> group) {
    Instant start = end.minus(Workload.WINDOW);
    group.emit(new Row(key, start.toEpochMilli(), group.value(COUNT).get(), 0, 0));
    group.value(COUNT).remove();
  }

  private static Instant endOfWindow(Instant time) {
    long length = Workload.WINDOW.toMillis();
    return Instant.ofEpochMilli((Math.floorDiv(time.toEpochMilli(), length) + 1) * length);
  }
}
