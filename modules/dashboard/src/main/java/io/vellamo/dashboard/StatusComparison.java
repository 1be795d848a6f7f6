package io.vellamo.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.api.query.WatermarkReport;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The comparison of the queries' health and status with those of the last look: they can change
 * without an epoch or another event, as when a call does not return.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class StatusComparison {
  private final StreamingQueryManager queries;
  private final Disclosure disclosure;
  private final Consumer<String> changed;
  private Map<String, String> known = Map.of();

  /**
   * Creates a comparison that has not looked yet.
   *
   * @param changed is told the names of queries whose health or status differ
   */
  StatusComparison(StreamingQueryManager queries, Disclosure disclosure, Consumer<String> changed) {
    this.queries = queries;
    this.disclosure = disclosure;
    this.changed = changed;
  }

  /** Looks at all active queries. The first look at a query is no change. */
  synchronized void look() {
    Map<String, String> now = new HashMap<>();
    for (StreamingQuery query : queries.active()) {
      String before = known.get(query.name());
      String seen = state(query);
      now.put(query.name(), seen);
      if (before != null && !before.equals(seen)) {
        changed.accept(query.name());
      }
    }
    known = now;
  }

  private String state(StreamingQuery query) {
    ObjectNode health = (ObjectNode) disclosure.health(query.health());
    // The time of the look.
    health.remove("at");
    return health
        + " "
        + disclosure.status(query.status())
        + " "
        + query.watermark().map(WatermarkReport::explanation).orElse("");
  }
}
