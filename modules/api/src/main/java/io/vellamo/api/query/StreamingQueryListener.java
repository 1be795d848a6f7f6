package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Learns what happens to the queries of an actor system.
 *
 * <p><b>Order</b> For each run of a query: started first, then progress and idle as they come,
 * terminated last. A run that ends before its journal could be read is terminated without having
 * started. A listener gets all events of all queries one after the other. If it falls behind by
 * more than {@code vellamo.listeners.max-pending} events (1,000), its oldest pending progress and
 * idle events are discarded, counted and logged; started and terminated events never are.
 *
 * <p><b>Threading</b> Each listener is called by one thread at a time, never by a query's own; a
 * slow listener delays neither queries nor other listeners. When the actor system terminates,
 * listeners get {@code vellamo.listeners.shutdown-timeout} (5 s) for what is pending. Spark
 * delivers the started event before {@code start} returns; here {@code start} doesn't wait for the
 * journal, and so not for that event either.
 *
 * <p><b>Failure</b> Exceptions and errors thrown by a listener are logged and affect neither
 * queries nor other listeners. An error of the virtual machine, such as {@link OutOfMemoryError},
 * ends the query whose event was being delivered.
 *
 * @since 0.1
 */
public interface StreamingQueryListener {
  /**
   * A run of a query has read its journal, and begins.
   *
   * @param event which
   */
  default void onQueryStarted(QueryStarted event) {}

  /**
   * A query has committed an epoch.
   *
   * @param progress its report
   */
  default void onQueryProgress(StreamingQueryProgress progress) {}

  /**
   * A query has nothing to do. Comes at most every 10 s for a query ({@code
   * vellamo.query.idle-report-interval}), and only when it looks for data.
   *
   * @param event which
   */
  default void onQueryIdle(QueryIdle event) {}

  /**
   * A run of a query has ended and let go of everything.
   *
   * @param event which, and why
   */
  default void onQueryTerminated(QueryTerminated event) {}

  /**
   * The beginning of a run.
   *
   * @param id the query's identity over all runs
   * @param runId the identity of the run
   * @param name the query's name
   * @param timestamp when, by the query's clock
   */
  record QueryStarted(UUID id, UUID runId, String name, Instant timestamp) implements JsonReport {
    public QueryStarted {
      requireNonNull(id, "id");
      requireNonNull(runId, "runId");
      requireNonNull(name, "name");
      requireNonNull(timestamp, "timestamp");
    }
  }

  /**
   * A look for data that found none.
   *
   * @param id the query's identity over all runs
   * @param runId the identity of the run
   * @param name the query's name
   * @param timestamp when, by the query's clock
   */
  record QueryIdle(UUID id, UUID runId, String name, Instant timestamp) implements JsonReport {
    public QueryIdle {
      requireNonNull(id, "id");
      requireNonNull(runId, "runId");
      requireNonNull(name, "name");
      requireNonNull(timestamp, "timestamp");
    }
  }

  /**
   * The end of a run.
   *
   * @param id the query's identity over all runs; empty if the journal could not be read
   * @param runId the identity of the run
   * @param name the query's name
   * @param exception why it failed; empty if it was stopped or came to its end
   */
  record QueryTerminated(
      Optional<UUID> id, UUID runId, String name, Optional<StreamingQueryException> exception)
      implements JsonReport {
    public QueryTerminated {
      requireNonNull(id, "id");
      requireNonNull(runId, "runId");
      requireNonNull(name, "name");
      requireNonNull(exception, "exception");
    }

    /**
     * Returns the components; of the exception its message, its epoch and the class of its cause.
     *
     * @return the fields, see {@link JsonReport#toMap}
     */
    @Override
    public Map<String, @Nullable Object> toMap() {
      return PlainFields.of(this)
          .with("exception", exception.map(QueryTerminated::fields).orElse(null))
          .toMap();
    }

    private static Map<String, @Nullable Object> fields(StreamingQueryException exception) {
      Throwable cause = exception.getCause();
      return PlainFields.none()
          .with("message", exception.getMessage())
          .with("epoch", exception.epoch())
          .with("cause", cause == null ? null : cause.getClass().getName())
          .toMap();
    }
  }
}
