package io.vellamo.api.sink;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * The query that opens a sink.
 *
 * @param queryName the query's name
 * @param queryId the query's identity, the same for all its runs; another id under the same name
 *     means that the query has started again with an empty journal
 * @param committedEpoch the last committed epoch; 0 if there is none
 * @since 0.1
 */
public record SinkContext(String queryName, UUID queryId, long committedEpoch) {
  public SinkContext {
    requireNonNull(queryName, "queryName");
    requireNonNull(queryId, "queryId");
  }
}
