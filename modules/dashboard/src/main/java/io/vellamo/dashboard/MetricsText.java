package io.vellamo.dashboard;

import io.vellamo.api.query.StreamingQueryProgress;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of the last epochs in Prometheus' text format. */
final class MetricsText {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** A metric with a value of each query. */
  private record Metric(
      String name, String type, String help, ToDoubleFunction<StreamingQueryProgress> value) {}

  private static final List<Metric> METRICS =
      List.of(
          counter("events_processed_total", "Processed events", p -> p.total().processed()),
          counter("events_late_total", "Late events", p -> p.total().late()),
          counter(
              "events_dead_lettered_total",
              "Events that became dead letters",
              p -> p.total().deadLettered()),
          gauge("epoch", "Number of the last committed epoch", p -> p.epoch()),
          gauge(
              "epoch_timestamp_seconds",
              "Processing time of the last committed epoch",
              p -> p.timestamp().toEpochMilli() / 1e3),
          gauge("epoch_duration_seconds", "Duration of that epoch", p -> seconds(p.duration())),
          gauge("epoch_events", "Input events of that epoch", p -> p.events().input()),
          gauge("epoch_rows", "Rows of that epoch", p -> p.rows()),
          gauge("epoch_retries", "Calls made again before that epoch", p -> p.retries()),
          gauge("groups", "Groups with state or a timeout", p -> p.state().groups()),
          gauge("state_bytes", "Serialized size of the groups", p -> p.state().bytes()),
          gauge("groups_parked", "Parked groups", p -> p.state().parked()),
          gauge("events_waiting", "Pending events of parked groups", p -> p.state().waiting()),
          gauge(
              "watermark_seconds",
              "Watermark as seconds since 1970; NaN if there is none",
              p -> p.watermark().map(time -> time.toEpochMilli() / 1e3).orElse(Double.NaN)));

  private MetricsText() {}

  /** Returns the figures of queries, one report of each. */
  static String of(List<StreamingQueryProgress> reports) {
    StringBuilder text = new StringBuilder();
    for (Metric metric : METRICS) {
      text.append("# HELP ").append(metric.name).append(' ').append(metric.help).append('\n');
      text.append("# TYPE ").append(metric.name).append(' ').append(metric.type).append('\n');
      for (StreamingQueryProgress report : reports) {
        // A query's name has no character that a label would have to escape.
        text.append(metric.name).append("{query=\"").append(report.name()).append("\"} ");
        text.append(number(metric.value.applyAsDouble(report))).append('\n');
      }
    }
    return text.toString();
  }

  private static Metric counter(
      String name, String help, ToDoubleFunction<StreamingQueryProgress> value) {
    return new Metric("vellamo_query_" + name, "counter", help, value);
  }

  private static Metric gauge(
      String name, String help, ToDoubleFunction<StreamingQueryProgress> value) {
    return new Metric("vellamo_query_" + name, "gauge", help, value);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
