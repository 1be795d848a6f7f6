package io.vellamo.checks.outages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A row for each visit: an event that is lost or applied twice changes all later rows of its
 * visitor.
 *
 * @param nth the place among the visitor's visits, from 1
 * @param total the sum of the numbers of the visitor's visits so far
 */
record VisitTotal(String visitor, long nth, int number, long total) {
  /** The state of a visitor. */
  record Sum(long visits, long total) {
    static final Sum NONE = new Sum(0, 0);

    Sum plus(SiteVisit visit) {
      return new Sum(visits + 1, total + visit.number());
    }

    VisitTotal row(SiteVisit last) {
      return new VisitTotal(last.visitor(), visits, last.number(), total);
    }
  }

  /** Returns the rows of a query that nothing disturbs. */
  static List<VisitTotal> undisturbed(List<SiteVisit> visits) {
    Map<String, Sum> sums = new HashMap<>();
    List<VisitTotal> rows = new ArrayList<>();
    for (SiteVisit visit : visits) {
      Sum sum = sums.getOrDefault(visit.visitor(), Sum.NONE).plus(visit);
      sums.put(visit.visitor(), sum);
      rows.add(sum.row(visit));
    }
    return rows;
  }

  /** Returns the rows of a visitor's next visits, after each of which the sum is passed on. */
  static Iterator<VisitTotal> rows(Iterator<SiteVisit> visits, Sum before, Consumer<Sum> keep) {
    List<VisitTotal> rows = new ArrayList<>();
    Sum sum = before;
    while (visits.hasNext()) {
      SiteVisit visit = visits.next();
      sum = sum.plus(visit);
      rows.add(sum.row(visit));
    }
    keep.accept(sum);
    return rows.iterator();
  }

  /** Returns the row as the JSON connectors write it. */
  String json() {
    return "{\"visitor\":\"%s\",\"nth\":%d,\"number\":%d,\"total\":%d}"
        .formatted(visitor, nth, number, total);
  }

  /** Returns the row as its values with commas between them. */
  String text() {
    return "%s,%d,%d,%d".formatted(visitor, nth, number, total);
  }
}
