package io.vellamo.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.vellamo.api.query.StreamingQueryListener;
import io.vellamo.api.query.StreamingQueryManager;
import io.vellamo.api.query.StreamingQueryProgress;
import java.util.HashMap;
import java.util.Map;

/**
 * The listener that moves the meters of queries.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class MeterListener implements StreamingQueryListener {
  private final StreamingQueryManager queries;
  private final MeterRegistry registry;
  private final Map<String, MetersOfQuery> known = new HashMap<>();
  private boolean isClosed;

  MeterListener(StreamingQueryManager queries, MeterRegistry registry) {
    this.queries = queries;
    this.registry = registry;
  }

  @Override
  public synchronized void onQueryStarted(QueryStarted event) {
    if (!isClosed) {
      of(event.name()).started();
    }
  }

  @Override
  public synchronized void onQueryProgress(StreamingQueryProgress progress) {
    if (!isClosed) {
      of(progress.name()).take(progress);
    }
  }

  @Override
  public synchronized void onQueryOutageBegan(QueryOutageBegan event) {
    if (!isClosed) {
      of(event.name()).outage();
    }
  }

  @Override
  public synchronized void onQueryTerminated(QueryTerminated event) {
    if (!isClosed) {
      of(event.name()).terminated(event.exception().isPresent());
    }
  }

  private MetersOfQuery of(String query) {
    return known.computeIfAbsent(query, name -> new MetersOfQuery(name, queries, registry));
  }

  synchronized void close() {
    isClosed = true;
    known.values().forEach(MetersOfQuery::remove);
    known.clear();
  }
}
