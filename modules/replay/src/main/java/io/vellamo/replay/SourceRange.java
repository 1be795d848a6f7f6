package io.vellamo.replay;

import io.vellamo.api.source.OffsetRange;

/**
 * A range {@code [from, until)} of a source partition that an epoch read.
 *
 * @param partition the name of the partition
 * @param from the first offset
 * @param until the offset after the last one
 * @since 0.1
 */
public record SourceRange(String partition, long from, long until) {
  static SourceRange of(OffsetRange range) {
    return new SourceRange(range.partition().name(), range.from(), range.until());
  }
}
