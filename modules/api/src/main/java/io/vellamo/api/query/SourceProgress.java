package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.source.OffsetRange;
import java.util.List;

/**
 * The ranges of one source that an epoch read.
 *
 * @param description the human-readable description of the source
 * @param ranges the ranges read, in order; in a query with several sources, partition names begin
 *     with the number of the source
 * @since 0.1
 */
public record SourceProgress(String description, List<OffsetRange> ranges) implements JsonReport {
  public SourceProgress {
    requireNonNull(description, "description");
    ranges = List.copyOf(ranges);
  }
}
