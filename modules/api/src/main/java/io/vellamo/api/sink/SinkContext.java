package io.vellamo.api.sink;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.OutputMode;
import java.util.UUID;

/**
 * The query that opens a sink.
 *
 * @param queryName the query's name
 * @param queryId the query's identity, the same for all its runs; another id under the same name
 *     means that the query has started again with an empty journal
 * @param committedEpoch the last committed epoch; 0 if there is none
 * @param mode the relation of an epoch's rows to those of earlier epochs. In {@code COMPLETE}, the
 *     rows of an epoch are the whole result, which replaces that of all earlier epochs; epochs that
 *     leave the result as it was are not written. A batch, and an output of dead letters or late
 *     events, always has {@code APPEND}
 * @param owner identifies the run; greater than that of all earlier runs of the query, so that a
 *     store can refuse what an earlier one still writes
 * @since 0.1
 */
public record SinkContext(
    String queryName, UUID queryId, long committedEpoch, OutputMode mode, long owner) {
  private static final long FIRST_RUN = 1;

  public SinkContext {
    requireNonNull(queryName, "queryName");
    requireNonNull(queryId, "queryId");
    requireNonNull(mode, "mode");
  }

  /**
   * Creates the context of a query's first run.
   *
   * @param queryName as above
   * @param queryId as above
   * @param committedEpoch as above
   * @param mode as above
   */
  public SinkContext(String queryName, UUID queryId, long committedEpoch, OutputMode mode) {
    this(queryName, queryId, committedEpoch, mode, FIRST_RUN);
  }

  /**
   * Creates the context of a query in {@link OutputMode#APPEND}.
   *
   * @param queryName as above
   * @param queryId as above
   * @param committedEpoch as above
   */
  public SinkContext(String queryName, UUID queryId, long committedEpoch) {
    this(queryName, queryId, committedEpoch, OutputMode.APPEND);
  }
}
