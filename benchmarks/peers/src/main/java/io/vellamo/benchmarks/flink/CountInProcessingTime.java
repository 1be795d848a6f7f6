package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.workload.Workload;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Q12: the events of each key, counted in tumbling windows of processing time.
 *
 * <p>Not {@code TumblingProcessingTimeWindows}, whose open windows are dropped at the end of the
 * input. Here, a timer in event time closes them, since the end of the input is the end of event
 * time. Both timers are set once a window; a trigger would set them for each event.
 */
final class CountInProcessingTime
    extends KeyedProcessFunction<Long, Long, Tuple5<Long, Long, Long, Long, Long>> {
  private static final long serialVersionUID = 1;
  private static final long LENGTH_MILLIS = Workload.WINDOW.toMillis();

  /** The start of the open window, and its count. Set by open. */
  @SuppressWarnings("NullAway.Init")
  private transient ValueState<Tuple2<Long, Long>> state;

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("window", Types.TUPLE(Types.LONG, Types.LONG)));
  }

  @Override
  public void processElement(
      Long event, Context context, Collector<Tuple5<Long, Long, Long, Long, Long>> out)
      throws Exception {
    TimerService timers = context.timerService();
    long now = timers.currentProcessingTime();
    long start = now - now % LENGTH_MILLIS;
    @Nullable Tuple2<Long, Long> open = state.value();
    if (open != null && open.f0 != start) {
      // Its timer is due, but this event has come before.
      emit(context.getCurrentKey(), open, out);
      timers.deleteProcessingTimeTimer(open.f0 + LENGTH_MILLIS);
      open = null;
    }
    if (open == null) {
      timers.registerProcessingTimeTimer(start + LENGTH_MILLIS);
      timers.registerEventTimeTimer(Long.MAX_VALUE);
    }
    state.update(Tuple2.of(start, open == null ? 1L : open.f1 + 1));
  }

  @Override
  public void onTimer(
      long timestamp, OnTimerContext context, Collector<Tuple5<Long, Long, Long, Long, Long>> out)
      throws Exception {
    Tuple2<Long, Long> open = state.value();
    emit(context.getCurrentKey(), open, out);
    state.clear();
    context.timerService().deleteProcessingTimeTimer(open.f0 + LENGTH_MILLIS);
    context.timerService().deleteEventTimeTimer(Long.MAX_VALUE);
  }

  private static void emit(
      Long key, Tuple2<Long, Long> window, Collector<Tuple5<Long, Long, Long, Long, Long>> out) {
    out.collect(Tuple5.of(key, window.f0, window.f1, 0L, 0L));
  }
}
