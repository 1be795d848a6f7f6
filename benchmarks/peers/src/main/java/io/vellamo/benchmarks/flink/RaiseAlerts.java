package io.vellamo.benchmarks.flink;

import io.vellamo.benchmarks.workload.AlertState;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** W2, with its state as a tuple. */
final class RaiseAlerts
    extends KeyedProcessFunction<
        Long, Tuple4<Long, Long, Integer, Integer>, Tuple5<Long, Long, Long, Long, Long>> {
  private static final long serialVersionUID = 1;

  // Set by open.
  @SuppressWarnings("NullAway.Init")
  private transient ValueState<Tuple3<Long, Long, Integer>> state;

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "alert", Types.TUPLE(Types.LONG, Types.LONG, Types.INT)));
  }

  @Override
  public void processElement(
      Tuple4<Long, Long, Integer, Integer> event,
      Context context,
      Collector<Tuple5<Long, Long, Long, Long, Long>> out)
      throws Exception {
    Tuple3<Long, Long, Integer> kept = state.value();
    AlertState before = kept == null ? AlertState.NONE : new AlertState(kept.f0, kept.f1, kept.f2);
    AlertState after = before.after(event.f2);
    if (before.isRaisedBy(event.f2)) {
      out.collect(Tuple5.of(event.f0, (long) event.f3, after.count(), (long) event.f2, event.f1));
    }
    state.update(Tuple3.of(after.count(), after.since(), after.last()));
  }
}
