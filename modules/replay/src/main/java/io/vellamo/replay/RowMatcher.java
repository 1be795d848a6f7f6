package io.vellamo.replay;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.codec.JsonForms;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of the rows of each group in order, regardless of their epochs: the same session in
 * a later epoch is no difference.
 *
 * <p><b>Cost</b> Holds the rows that only one side has emitted so far.
 */
final class RowMatcher {
  private record Row(long epoch, StoredValue value) {}

  private record Waiting(Deque<Row> recorded, Deque<Row> replayed) {
    private Waiting() {
      this(new ArrayDeque<>(), new ArrayDeque<>());
    }
  }

  private final JsonForms forms;
  private final int shard;
  private final Differences<RowDifference> differences;
  private final Map<GroupKey, Waiting> waiting = new HashMap<>();
  private final Set<GroupKey> different = new HashSet<>();

  RowMatcher(JsonForms forms, int shard, Differences<RowDifference> differences) {
    this.forms = forms;
    this.shard = shard;
    this.differences = differences;
  }

  /** Takes the rows of both sides for a group in an epoch. */
  void take(GroupKey key, long epoch, List<StoredValue> recorded, List<StoredValue> replayed) {
    if (different.contains(key) || (recorded.isEmpty() && replayed.isEmpty())) {
      return;
    }
    Waiting rows = waiting.computeIfAbsent(key, first -> new Waiting());
    recorded.forEach(row -> rows.recorded.add(new Row(epoch, row)));
    replayed.forEach(row -> rows.replayed.add(new Row(epoch, row)));
    while (!rows.recorded.isEmpty() && !rows.replayed.isEmpty()) {
      Row theirs = rows.recorded.remove();
      Row ours = rows.replayed.remove();
      if (!Outcomes.sameRows(forms, List.of(theirs.value), List.of(ours.value))) {
        waiting.remove(key);
        differ(key, theirs, ours);
        return;
      }
    }
    if (rows.recorded.isEmpty() && rows.replayed.isEmpty()) {
      waiting.remove(key);
    }
  }

  /** Ends the comparison: rows that are still unmatched differ. */
  void end() {
    waiting.forEach((key, rows) -> differ(key, rows.recorded.peek(), rows.replayed.peek()));
    waiting.clear();
  }

  /** Returns the number of groups that differ. */
  long differentGroups() {
    return different.size();
  }

  private void differ(GroupKey key, @Nullable Row theirs, @Nullable Row ours) {
    different.add(key);
    long epoch =
        Math.min(
            theirs == null ? Long.MAX_VALUE : theirs.epoch,
            ours == null ? Long.MAX_VALUE : ours.epoch);
    differences.add(
        new RowDifference(
            forms.ofKey(key),
            shard,
            epoch,
            theirs == null ? null : forms.ofValues(List.of(theirs.value)).get(0),
            ours == null ? null : forms.ofValues(List.of(ours.value)).get(0)));
  }
}
