package io.vellamo.testkit.simulation;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.ShardRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A user's sink, and a record of the rows that it was given. */
final class RecordingSink extends DelegatingSink {
  // By epoch, then by range.
  private final Map<Long, Map<String, List<Object>>> epochs = new TreeMap<>();
  // The first epoch that had other rows when it was written again.
  private @Nullable Long changed;

  RecordingSink(RowSink<?> actual) {
    super(actual);
  }

  /** Returns the rows of all epochs. */
  List<Object> rows() {
    return epochs.values().stream()
        .flatMap(ranges -> ranges.values().stream())
        .flatMap(List::stream)
        .toList();
  }

  /** Throws if an epoch had other rows when it was written again. */
  void requireSameRows() {
    if (changed != null) {
      throw new AssertionError(
          "epoch [%d] must have the same rows whenever it runs, had others when it ran again; the functions of its stages must depend on nothing but their arguments"
              .formatted(changed));
    }
  }

  @Override
  void write(ShardRange range, EpochRows<?> rows, Next next) throws Exception {
    List<Object> some = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      some.add(rows.row(i));
    }
    List<Object> before =
        epochs.computeIfAbsent(rows.epoch(), none -> new TreeMap<>()).put(range.toString(), some);
    if (before != null && !before.equals(some) && changed == null) {
      changed = rows.epoch();
    }
    next.write(rows);
  }
}
