package io.vellamo.engine.protocol.query;

import java.util.List;
import java.util.Map;

/**
 * The numbers that a query's sources and sink report about themselves.
 *
 * @param sources those of each source, by its number; empty if they are not known
 * @param lags how far each partition of a source goes beyond what was planned, by the query's name
 *     of the partition, for each source by its number; empty if it is not known
 * @param sink those of the sink of rows
 */
public record ConnectorMetrics(
    List<Map<String, Long>> sources, List<Map<String, Long>> lags, Map<String, Long> sink) {
  /** No numbers. */
  public static final ConnectorMetrics NONE = new ConnectorMetrics(List.of(), List.of(), Map.of());

  /** Copies the lists and the map. */
  public ConnectorMetrics {
    sources = List.copyOf(sources);
    lags = List.copyOf(lags);
    sink = Map.copyOf(sink);
  }

  Map<String, Long> source(int input) {
    return sources.isEmpty() ? Map.of() : sources.get(input);
  }

  Map<String, Long> lag(int input) {
    return lags.isEmpty() ? Map.of() : lags.get(input);
  }
}
