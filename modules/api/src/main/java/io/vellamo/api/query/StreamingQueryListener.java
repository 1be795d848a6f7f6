package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A listener to the events of all queries of an actor system.
 *
 * <p><b>Order</b> For each run of a query, the started event comes first, then progress, idle and
 * outage events as they occur, and the terminated event last. A run that ends before its journal
 * has been read has a terminated event only. A listener receives the events of all queries one
 * after the other. If it falls behind by more than {@code vellamo.listeners.max-pending} events
 * (1,000), its oldest pending progress and idle events are discarded, counted and logged; the other
 * events never are.
 *
 * <p><b>Threading</b> Each listener is called by one thread at a time, never by a thread of a
 * query. A slow listener delays neither queries nor other listeners. When the actor system
 * terminates, listeners have {@code vellamo.listeners.shutdown-timeout} (5 s) to process pending
 * events. Spark delivers the started event before {@code start} returns; in Vellamo {@code start}
 * waits neither for the journal nor for this event.
 *
 * <p><b>Failure</b> Exceptions and errors thrown by a listener are logged and affect neither
 * queries nor other listeners. A JVM error such as {@link OutOfMemoryError} ends the query whose
 * event was being delivered.
 *
 * @since 0.1
 */
public interface StreamingQueryListener {
  /**
   * Called when a run of a query has read its journal and begins.
   *
   * @param event the query and the run
   */
  default void onQueryStarted(QueryStarted event) {}

  /**
   * Called when a query has committed an epoch.
   *
   * @param progress the report of the epoch
   */
  default void onQueryProgress(StreamingQueryProgress progress) {}

  /**
   * Called when a query has looked for data and found none, at most every 10 s for each query
   * ({@code vellamo.query.idle-report-interval}).
   *
   * @param event the query and the run
   */
  default void onQueryIdle(QueryIdle event) {}

  /**
   * Called when a call of a source or sink has failed and the query waits before it makes the call
   * again. Called once for an outage, which lasts until no call fails any more; {@link
   * StreamingQuery#status} has its present state.
   *
   * @param event the query, the run, and the outage at its first failure
   */
  default void onQueryOutageBegan(QueryOutageBegan event) {}

  /**
   * Called when all sources and sinks of a query work again. Not called if the run ends during the
   * outage.
   *
   * @param event the query, the run, and the outage at its last failure
   */
  default void onQueryOutageEnded(QueryOutageEnded event) {}

  /**
   * Called when a run of a query has ended and has released its resources, except those used by
   * abandoned calls, see {@link StreamingQuery#stop(Duration)}.
   *
   * @param event the run that has ended, and the failure if there is one
   */
  default void onQueryTerminated(QueryTerminated event) {}

  /**
   * The beginning of a run.
   *
   * @param id the query's identity, the same for all runs
   * @param runId the identity of the run
   * @param name the query's name
   * @param timestamp the time of the event, by the query's clock
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
   * A check for data that found none.
   *
   * @param id the query's identity, the same for all runs
   * @param runId the identity of the run
   * @param name the query's name
   * @param timestamp the time of the event, by the query's clock
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
   * The beginning of an outage of a source or sink.
   *
   * @param id the query's identity, the same for all runs
   * @param runId the identity of the run
   * @param name the query's name
   * @param outage the source or sink, and its first failure
   */
  record QueryOutageBegan(UUID id, UUID runId, String name, Outage outage) implements JsonReport {
    public QueryOutageBegan {
      requireNonNull(id, "id");
      requireNonNull(runId, "runId");
      requireNonNull(name, "name");
      requireNonNull(outage, "outage");
    }
  }

  /**
   * The end of an outage.
   *
   * @param id the query's identity, the same for all runs
   * @param runId the identity of the run
   * @param name the query's name
   * @param outage the source or sink that failed last, and its last failure
   * @param lasted the duration of the outage, from its first failure
   */
  record QueryOutageEnded(UUID id, UUID runId, String name, Outage outage, Duration lasted)
      implements JsonReport {
    public QueryOutageEnded {
      requireNonNull(id, "id");
      requireNonNull(runId, "runId");
      requireNonNull(name, "name");
      requireNonNull(outage, "outage");
      requireNonNull(lasted, "lasted");
    }
  }

  /**
   * The end of a run.
   *
   * @param id the query's identity, the same for all runs; empty if the journal could not be read
   * @param runId the identity of the run
   * @param name the query's name
   * @param exception the failure; empty if the run was stopped or ended by itself
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
     * Returns the components; the exception is represented by its message, its epoch and the class
     * of its cause.
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
