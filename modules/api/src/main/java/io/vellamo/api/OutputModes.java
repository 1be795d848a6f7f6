package io.vellamo.api;

import io.vellamo.api.internal.AggregationCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.SessionWindows;

/** The output modes that aggregations support. */
final class OutputModes {
  private OutputModes() {}

  /**
   * Checks the aggregations of a pipeline.
   *
   * @throws IllegalStateException if one of them does not support its mode there
   */
  static void check(String query, Upstream upstream) {
    if (upstream instanceof Upstream.Union union) {
      for (Upstream branch : union.branches()) {
        branch.operators().stream()
            .filter(operator -> operator.mode() == OutputMode.COMPLETE)
            .findFirst()
            .ifPresent(
                complete -> {
                  throw new IllegalStateException(
                      "%s of query [%s] in mode [COMPLETE] must not be united with another stream, as it emits the whole result; write both to sinks of their own"
                          .formatted(complete.name(), query));
                });
        check(query, branch);
      }
    } else if (upstream instanceof Upstream.Step step) {
      check(query, step.before());
      if (step.stage() instanceof Stage.Group group
          && group.calls() instanceof AggregationCode code) {
        check(query, code, group.operator().mode());
      }
    }
  }

  /**
   * Checks the mode of an aggregation.
   *
   * @throws IllegalStateException if it does not support the mode
   */
  static void check(String query, AggregationCode code, OutputMode mode) {
    if (mode == OutputMode.APPEND && code.windows().isEmpty()) {
      throw refused(
          query,
          mode,
          "windows, as a group without a window may always get more events; use outputMode(UPDATE) or outputMode(COMPLETE), or group by a window");
    }
    if (mode == OutputMode.UPDATE
        && code.windows().isPresent()
        && code.windows().get() instanceof SessionWindows) {
      throw refused(
          query,
          mode,
          "windows other than sessions, as a session that merges two others would leave their rows behind; use outputMode(APPEND) or outputMode(COMPLETE)");
    }
  }

  private static IllegalStateException refused(String query, OutputMode mode, String needs) {
    return new IllegalStateException(
        "aggregate of query [%s] in mode [%s] needs %s".formatted(query, mode, needs));
  }
}
