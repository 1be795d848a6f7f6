package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.source.OffsetRange;
import java.util.List;
import java.util.Optional;

/**
 * The ranges of one source that an epoch read.
 *
 * @param description the human-readable description of the source
 * @param ranges the ranges read, in order; in a query with several sources, partition names begin
 *     with the number of the source
 * @param inboxLength the number of messages that were stored and not committed when the epoch was
 *     read, its own among them; empty if the source has no inbox
 * @since 0.1
 */
public record SourceProgress(
    String description, List<OffsetRange> ranges, Optional<Long> inboxLength)
    implements JsonReport {
  public SourceProgress {
    requireNonNull(description, "description");
    ranges = List.copyOf(ranges);
  }

  /**
   * Creates the progress of a source without an inbox.
   *
   * @param description the human-readable description of the source
   * @param ranges the ranges read, in order
   */
  public SourceProgress(String description, List<OffsetRange> ranges) {
    this(description, ranges, Optional.empty());
  }
}
