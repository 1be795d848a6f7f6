package io.vellamo.testkit;

import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.group.ValueCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row and the value that the journal would store for it.
 *
 * <p>Two rows are the same if they are equal or, if their class has no {@code equals} that compares
 * values, if their stored class and bytes are equal; and if their event times are equal.
 *
 * @param row the emitted row
 * @param time its event time; null if it has none
 * @param stored the value that the journal would store
 * @param codec reads the stored value
 */
record GroupRow(Object row, @Nullable Instant time, StoredValue stored, ValueCodec codec) {
  static GroupRow of(Object row, ValueCodec codec) {
    Object withoutTime = TimedRow.of(row).row();
    return of(row, codec.write(withoutTime), codec);
  }

  /** Returns a row that was emitted, possibly with an event time. */
  static GroupRow of(Object emitted, StoredValue stored, ValueCodec codec) {
    TimedRow row = TimedRow.of(emitted);
    return new GroupRow(row.row(), row.eventTime(), stored, codec);
  }

  /** Returns this row without its event time. */
  GroupRow withoutTime() {
    return new GroupRow(row, null, stored, codec);
  }

  boolean sameAs(GroupRow other) {
    return Objects.equals(time, other.time) && isLike(other);
  }

  private boolean isLike(GroupRow other) {
    return row.equals(other.row)
        || (stored.type().equals(other.stored.type())
            && Arrays.equals(stored.bytes(), other.stored.bytes())
            && !comparesValues());
  }

  private boolean comparesValues() {
    return codec.read(stored).equals(codec.read(stored));
  }

  static boolean sameInOrder(List<GroupRow> some, List<GroupRow> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).sameAs(others.get(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean sameInAnyOrder(List<GroupRow> some, List<GroupRow> others) {
    return some.size() == others.size() && without(some, others).isEmpty();
  }

  /**
   * Returns the rows of {@code some} that remain when those of {@code others} are removed, one for
   * one.
   */
  static List<GroupRow> without(List<GroupRow> some, List<GroupRow> others) {
    // Rows mostly are in the expected order, so each is found at once.
    List<GroupRow> left = new ArrayList<>(some);
    for (GroupRow other : others) {
      removeFirst(left, other);
    }
    return left;
  }

  private static void removeFirst(List<GroupRow> rows, GroupRow wanted) {
    for (var each = rows.iterator(); each.hasNext(); ) {
      if (each.next().sameAs(wanted)) {
        each.remove();
        return;
      }
    }
  }

  @Override
  public String toString() {
    return time == null ? row.toString() : row + " at " + time;
  }
}
