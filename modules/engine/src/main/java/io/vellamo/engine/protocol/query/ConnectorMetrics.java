package io.vellamo.engine.protocol.query;

import java.util.List;
import java.util.Map;

/**
 * The numbers that a query's sources and sink report about themselves.
 *
 * @param sources those of each source, by its number; empty if they are not known
 * @param sink those of the sink of rows
 */
public record ConnectorMetrics(List<Map<String, Long>> sources, Map<String, Long> sink) {
  /** No numbers. */
  public static final ConnectorMetrics NONE = new ConnectorMetrics(List.of(), Map.of());

  /** Copies the list and the map. */
  public ConnectorMetrics {
    sources = List.copyOf(sources);
    sink = Map.copyOf(sink);
  }

  Map<String, Long> source(int input) {
    return sources.isEmpty() ? Map.of() : sources.get(input);
  }
}
