package io.vellamo.api.sink;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * What a sink is told when a query opens it.
 *
 * @param queryName the query's name
 * @param queryId the query's identity over all its runs; another id under the same name means that
 *     the query was started anew
 * @param committedEpoch the last committed epoch; 0 if there is none
 * @since 0.1
 */
public record SinkContext(String queryName, UUID queryId, long committedEpoch) {
  public SinkContext {
    requireNonNull(queryName, "queryName");
    requireNonNull(queryId, "queryId");
  }
}
