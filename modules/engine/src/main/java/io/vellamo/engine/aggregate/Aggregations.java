package io.vellamo.engine.aggregate;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.SessionWindows;
import io.vellamo.api.window.TimeWindows;
import io.vellamo.api.window.Windows;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.time.Millis;
import io.vellamo.engine.time.Watermark;

/** The operators of aggregations, and their rules for late events. */
public final class Aggregations {
  private Aggregations() {}

  /** Returns the operator of an aggregation. */
  @SuppressWarnings("unchecked") // the pipeline gave the windows its events
  public static KeyedOperator<?, ?, ?, ?> operator(AggregationCode code, OutputMode mode) {
    if (code.windows().isEmpty()) {
      return new ValueAggregation(code);
    }
    Windows<?> windows = code.windows().get();
    if (windows instanceof TimeWindows time) {
      return code.keepsOneValue(mode)
          ? new SmallWindowAggregation(code, time, mode)
          : new WindowAggregation(code, time, mode);
    }
    return new SessionAggregation(code, (SessionWindows<Object>) windows, mode);
  }

  /**
   * Returns the rule of an aggregation: an event is late if all its windows were closed in the
   * preceding epoch. The whole result takes every event, except for sessions, as in Spark.
   */
  @SuppressWarnings("unchecked") // the pipeline gave the windows its events
  public static LateRule lateRule(AggregationCode code, OutputMode mode) {
    if (code.windows().isEmpty()) {
      return LateRule.NEVER;
    }
    Windows<?> windows = code.windows().get();
    if (windows instanceof TimeWindows time) {
      Slicing slicing = Slicing.of(time);
      return mode == OutputMode.COMPLETE
          ? LateRule.NEVER
          : (event, millis, watermark) ->
              watermark.isKnown() && slicing.lastEnd(millis) <= watermark.millis();
    }
    SessionWindows<Object> sessions = (SessionWindows<Object>) windows;
    return (event, millis, watermark) -> isLate(sessions, event, millis, watermark);
  }

  private static boolean isLate(
      SessionWindows<Object> sessions, Object event, long millis, Watermark watermark) {
    if (!watermark.isLate(millis)) {
      return false;
    }
    long gap = sessions.gapMillis(event);
    return gap > 0 && watermark.isLate(Millis.plus(millis, gap));
  }
}
