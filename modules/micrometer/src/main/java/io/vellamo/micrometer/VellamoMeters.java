package io.vellamo.micrometer;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.vellamo.api.query.StreamingQueryManager;

/**
 * The meters of all queries of an actor system, in a registry of Micrometer.
 *
 * <p>{@link QueryMeter} lists them. Each has the query's name as a tag; a query that is started
 * again continues its meters. No meter has a grouping key or a shard as a tag.
 *
 * <pre>{@code
 * var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
 * VellamoMeters meters = VellamoMeters.bind(Vellamo.get(system).queries(), registry);
 * String scrape = registry.scrape();
 * }</pre>
 *
 * <p><b>Threading</b> Safe to share.
 *
 * <p><b>Time</b> Meters move when an epoch is committed; the health is determined when it is read.
 *
 * <p><b>Cost</b> A few microseconds for each epoch, on the thread of the listener.
 *
 * @since 0.1
 */
public final class VellamoMeters implements AutoCloseable {
  private final StreamingQueryManager queries;
  private final MeterListener listener;

  private VellamoMeters(StreamingQueryManager queries, MeterListener listener) {
    this.queries = queries;
    this.listener = listener;
  }

  /**
   * Registers the meters of all queries that run and will be started.
   *
   * @param queries the queries, as {@code Vellamo.get(system).queries()} returns them
   * @param registry the registry, which the caller closes
   * @return the meters; close them to remove them from the registry
   */
  public static VellamoMeters bind(StreamingQueryManager queries, MeterRegistry registry) {
    requireNonNull(queries, "queries");
    requireNonNull(registry, "registry");
    MeterListener listener = new MeterListener(queries, registry);
    queries.addListener(listener);
    return new VellamoMeters(queries, listener);
  }

  /** Removes the meters from the registry. */
  @Override
  public void close() {
    queries.removeListener(listener);
    listener.close();
  }
}
