package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.workload.Event;
import io.vellamo.benchmarks.workload.SessionState;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * W1, with its state as an array of four numbers for each session.
 *
 * <p>A key has one timer at a time, at which its first session may close; a timer for each event
 * would cost more.
 */
final class Sessionize
    extends KeyedProcessFunction<
        Long, Tuple4<Long, Long, Integer, Integer>, Tuple5<Long, Long, Long, Long, Long>> {
  private static final long serialVersionUID = 1;
  private static final int FIELDS = 4;

  // Set by open.
  @SuppressWarnings("NullAway.Init")
  private transient ValueState<long[]> state;

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "sessions", PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void processElement(
      Tuple4<Long, Long, Integer, Integer> event,
      Context context,
      Collector<Tuple5<Long, Long, Long, Long, Long>> out)
      throws Exception {
    SessionState before = read(state.value(), 0);
    SessionState after =
        SessionState.with(before, new Event(event.f0, event.f1, event.f2, event.f3));
    state.update(write(after, 0));
    if (before == null) {
      context.timerService().registerEventTimeTimer(after.dueMillis());
    }
  }

  @Override
  public void onTimer(
      long timestamp, OnTimerContext context, Collector<Tuple5<Long, Long, Long, Long, Long>> out)
      throws Exception {
    SessionState open = read(state.value(), 0);
    // A Flink watermark t excludes later events at t, one of Vellamo only those before t: hence <=.
    while (open != null && open.dueMillis() <= context.timerService().currentWatermark()) {
      out.collect(
          Tuple5.of(context.getCurrentKey(), open.start(), open.end(), open.count(), open.sum()));
      open = open.later();
    }
    if (open == null) {
      state.clear();
    } else {
      state.update(write(open, 0));
      context.timerService().registerEventTimeTimer(open.dueMillis());
    }
  }

  private static @Nullable SessionState read(long @Nullable [] kept, int at) {
    if (kept == null || at == kept.length) {
      return null;
    }
    return new SessionState(
        kept[at], kept[at + 1], kept[at + 2], kept[at + 3], read(kept, at + FIELDS));
  }

  private static long[] write(SessionState open, int at) {
    SessionState later = open.later();
    long[] kept = later == null ? new long[at + FIELDS] : write(later, at + FIELDS);
    kept[at] = open.start();
    kept[at + 1] = open.end();
    kept[at + 2] = open.count();
    kept[at + 3] = open.sum();
    return kept;
  }
}
