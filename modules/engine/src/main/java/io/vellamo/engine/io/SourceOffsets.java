package io.vellamo.engine.io;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.pipeline.QueryInputs;
import java.util.Map;
import java.util.TreeMap;

/** The conversion between the offsets of all of a query's sources and those of one source. */
final class SourceOffsets {
  private SourceOffsets() {}

  /** Returns the offsets of one source, as it knows its partitions. */
  static Offsets inner(Offsets all, int input, int inputs) {
    if (inputs == 1) {
      return all;
    }
    Map<SourcePartition, Long> own = new TreeMap<>();
    Map<SourcePartition, String> marks = new TreeMap<>();
    all.asMap()
        .forEach(
            (partition, offset) -> {
              if (QueryInputs.inputOf(partition, inputs) == input) {
                SourcePartition inner = QueryInputs.inner(partition, inputs);
                own.put(inner, offset);
                marks.put(inner, all.mark(partition));
              }
            });
    return Offsets.of(own, marks);
  }

  /** Returns a range as its source knows it. */
  static OffsetRange inner(OffsetRange range, int inputs) {
    return range.renamed(partition -> QueryInputs.inner(partition, inputs));
  }

  /** Returns a range as the query knows it. */
  static OffsetRange outer(OffsetRange range, int input, int inputs) {
    return range.renamed(partition -> QueryInputs.outer(input, partition, inputs));
  }
}
