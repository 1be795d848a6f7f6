package io.vellamo.samples.alerts;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.vellamo.samples.run.Ranking;
import io.vellamo.samples.run.Table;
import java.util.List;

/**
 * The figures of a run's alerts, independent of their order.
 *
 * @param alerts the alerts, in any order
 */
record AlertFigures(List<PushAlert> alerts) {
  AlertFigures {
    alerts = List.copyOf(alerts);
  }

  void addTo(Table table) {
    table
        .row("alerts", alerts.size())
        .row(
            "most alerts",
            Ranking.top(alerts.stream().collect(groupingBy(PushAlert::actor, counting()))));
  }
}
