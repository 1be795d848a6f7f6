package io.vellamo.api.query;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.source.OffsetRange;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ranges of one source that an epoch read, and numbers about the source.
 *
 * @param description the human-readable description of the source
 * @param ranges the ranges read, in order; in a query with several sources, partition names begin
 *     with the number of the source
 * @param lag the distance of each partition's end, when the source was last asked for it, from the
 *     end of what the query has planned to read, by the partition's name and in units of its
 *     offsets; empty if the source was not asked for its end in this run
 * @param metrics numbers that the source reports, in the order of their names, see {@link
 *     io.vellamo.api.source.SourceReader#metrics}; they may include what was read ahead of the
 *     epoch
 * @since 0.1
 */
public record SourceProgress(
    String description, List<OffsetRange> ranges, Map<String, Long> lag, Map<String, Long> metrics)
    implements JsonReport {
  public SourceProgress {
    requireNonNull(description, "description");
    ranges = List.copyOf(ranges);
    lag = Collections.unmodifiableMap(new TreeMap<>(lag));
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
  }
}
