package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.source.OffsetRange;
import java.util.List;

/**
 * The part of one source that an epoch read.
 *
 * @param description the source, for people
 * @param ranges what was read, in order; the partitions of several sources begin with the source's
 *     number
 * @since 0.1
 */
public record SourceProgress(String description, List<OffsetRange> ranges) implements JsonReport {
  public SourceProgress {
    requireNonNull(description, "description");
    ranges = List.copyOf(ranges);
  }
}
