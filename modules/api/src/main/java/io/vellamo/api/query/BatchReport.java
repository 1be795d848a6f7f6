package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

/**
 * The report of a batch.
 *
 * @param events the fate of the source entries; none is ever late
 * @param groups how many groups of all stateful operators were called, each once
 * @param rows how many rows went to the sink
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
