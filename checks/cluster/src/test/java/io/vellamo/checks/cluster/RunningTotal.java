package io.vellamo.checks.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A row for each visit: an event that is lost, applied twice or in another order changes all later
 * rows of its visitor.
 *
 * @param nth the place among the visitor's visits, from 1
 * @param total the sum of the numbers of the visitor's visits so far
 */
record RunningTotal(String visitor, long nth, long number, long total) {
  /** The state of a visitor. */
  record Visits(long count, long total) {
    static final Visits NONE = new Visits(0, 0);

    Visits plus(CountedVisit visit) {
      return new Visits(count + 1, total + visit.number());
    }

    RunningTotal row(CountedVisit last) {
      return new RunningTotal(last.visitor(), count, last.number(), total);
    }
  }

  /** Returns the rows of a query that nothing disturbs. */
  static List<RunningTotal> undisturbed(long events) {
    Map<String, Visits> all = new HashMap<>();
    List<RunningTotal> rows = new ArrayList<>();
    for (long number = 0; number < events; number++) {
      CountedVisit visit = CountedVisit.of(number);
      Visits visits = all.getOrDefault(visit.visitor(), Visits.NONE).plus(visit);
      all.put(visit.visitor(), visits);
      rows.add(visits.row(visit));
    }
    return rows;
  }

  /** Returns the rows of a visitor's next visits, and passes the new state on. */
  static Iterator<RunningTotal> rows(
      Iterator<CountedVisit> next, Visits before, Consumer<Visits> keep) {
    List<RunningTotal> rows = new ArrayList<>();
    Visits visits = before;
    while (next.hasNext()) {
      CountedVisit visit = next.next();
      visits = visits.plus(visit);
      rows.add(visits.row(visit));
    }
    keep.accept(visits);
    return rows.iterator();
  }
}
