package io.vellamo.samples.flights;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import io.vellamo.samples.run.Ranking;
import io.vellamo.samples.run.Table;
import java.util.List;

/**
 * The figures of a run's departures, independent of their order.
 *
 * @param all the departures of each airport and window, in any order
 */
record DepartureFigures(List<Departures> all) {
  DepartureFigures {
    all = List.copyOf(all);
  }

  void addTo(Table table) {
    table
        .row("airports and windows", all.size())
        .row("sum of departures", all.stream().mapToLong(Departures::departures).sum())
        .row("most in a window", all.stream().mapToLong(Departures::departures).max().orElse(0))
        .row("alerts", all.stream().filter(Departures::alert).count())
        .row(
            "busiest airports",
            Ranking.top(
                all.stream()
                    .collect(groupingBy(Departures::origin, summingLong(Departures::departures)))));
  }
}
