package io.vellamo.testkit;

import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.ValueCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row, and how the journal would keep it.
 *
 * <p>Rows are the same if they are equal. If their class has no {@code equals} that compares
 * values, they are the same if they are written the same.
 *
 * @param row what the function emitted
 * @param stored what the journal would keep
 * @param codec reads it
 */
record GroupRow(Object row, StoredValue stored, ValueCodec codec) {
  static GroupRow of(Object row, ValueCodec codec) {
    return new GroupRow(row, codec.write(row), codec);
  }

  boolean sameAs(GroupRow other) {
    return row.equals(other.row)
        || (stored.className().equals(other.stored.className())
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

  /** Returns the rows that are left of some when others have been taken away, one for one. */
  static List<GroupRow> without(List<GroupRow> some, List<GroupRow> others) {
    // Rows mostly come in the expected order: then each is found first.
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
    return row.toString();
  }
}
