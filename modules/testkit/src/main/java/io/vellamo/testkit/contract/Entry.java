package io.vellamo.testkit.contract;

import io.vellamo.api.source.EventCollector;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.RangeReader;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry that a range reader returns: an event, or the reason why it is not an event. */
record Entry(
    SourcePartition partition, long offset, @Nullable Object event, @Nullable String reason) {

  static <T> List<Entry> readAll(SourceReader<T> reader, List<OffsetRange> ranges)
      throws Exception {
    List<Entry> all = new ArrayList<>();
    for (OffsetRange range : ranges) {
      all.addAll(readInSteps(reader, range, Integer.MAX_VALUE));
    }
    return all;
  }

  static <T> List<Entry> readInSteps(SourceReader<T> reader, OffsetRange range, int step)
      throws Exception {
    List<Entry> entries = new ArrayList<>();
    EventCollector<T> into = new Recorder<>(range.partition(), entries);
    try (RangeReader<T> open = reader.read(range)) {
      int before;
      boolean more;
      do {
        before = entries.size();
        more = open.read(into, step);
        if (entries.size() - before > step) {
          throw new AssertionError(
              "read must give at most [%d] entries, gave [%d]"
                  .formatted(step, entries.size() - before));
        }
      } while (more);
    }
    return entries;
  }

  record Recorder<T>(SourcePartition partition, List<Entry> entries) implements EventCollector<T> {
    @Override
    public void event(T event, long offset) {
      entries.add(new Entry(partition, offset, event, null));
    }

    @Override
    public void deadLetter(long offset, String reason, @Nullable String entry) {
      entries.add(new Entry(partition, offset, null, reason));
    }
  }
}
