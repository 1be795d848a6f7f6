package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

/**
 * The report of a batch.
 *
 * @param events the outcomes of the source entries; none is late
 * @param groups the number of groups called, over all stateful operators
 * @param rows the number of rows written to the sink
 * @since 0.1
 */
public record BatchReport(EventCounts events, long groups, long rows) implements JsonReport {
  public BatchReport {
    requireNonNull(events, "events");
    if (groups < 0 || rows < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative, were [%d, %d]".formatted(groups, rows));
    }
  }
}
