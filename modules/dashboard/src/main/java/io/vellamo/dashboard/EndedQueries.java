package io.vellamo.dashboard;

import io.vellamo.api.query.StreamingQueryListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last queries that have ended and have not been started again, so that a failed query does not
 * simply vanish from the page.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class EndedQueries implements StreamingQueryListener {
  private static final int MAX = 100;

  private final Map<String, QueryTerminated> ended =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, QueryTerminated> eldest) {
          return size() > MAX;
        }
      };

  @Override
  public void onQueryStarted(QueryStarted event) {
    synchronized (ended) {
      ended.remove(event.name());
    }
  }

  @Override
  public void onQueryTerminated(QueryTerminated event) {
    synchronized (ended) {
      ended.remove(event.name());
      ended.put(event.name(), event);
    }
  }

  /** Returns the ends, the oldest first. */
  List<QueryTerminated> all() {
    synchronized (ended) {
      return List.copyOf(ended.values());
    }
  }
}
