package io.vellamo.benchmarks.compare;

import io.vellamo.benchmarks.workload.RunSummary;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as a row of a Markdown table. */
final class TableRow {
  static final String HEAD =
      """
      | engine | cold, events/s | warm, events/s | cold, events/CPU s | warm, events/CPU s | memory, MB | p50, ms | p99, ms | max, ms | rows |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---|""";

  private TableRow() {}

  static String of(RunSummary report) {
    return "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            report.engine(),
            number(report.eps()),
            number(report.epsWarm()),
            number(report.epsPerCore()),
            number(report.epsPerCoreWarm()),
            number(report.rssPeak()),
            latency(report.latencyP50()),
            latency(report.latencyP99()),
            latency(report.latencyMax()),
            report.ok() ? "right" : "WRONG");
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String latency(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.1f", value);
  }
}
