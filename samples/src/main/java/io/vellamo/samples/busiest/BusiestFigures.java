package io.vellamo.samples.busiest;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.vellamo.samples.run.Ranking;
import io.vellamo.samples.run.Table;
import java.util.List;

/**
 * The figures of a run's windows, independent of their order.
 *
 * @param windows the windows, in any order
 */
record BusiestFigures(List<Busiest> windows) {
  BusiestFigures {
    windows = List.copyOf(windows);
  }

  void addTo(Table table) {
    table
        .row("windows", windows.size())
        .row(
            "busiest most often",
            Ranking.top(windows.stream().collect(groupingBy(Busiest::actor, counting()))));
  }
}
