package io.vellamo.persistence.replay;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Keeps the first difference of as many groups as asked for, the earliest epochs first. */
final class Differences {
  private static final Comparator<KeyDifference> ORDER =
      Comparator.comparingLong(KeyDifference::epoch)
          .thenComparing(difference -> difference.key().toString());

  private final int limit;
  private final TreeSet<KeyDifference> kept = new TreeSet<>(ORDER);

  Differences(int limit) {
    this.limit = limit;
  }

  void add(KeyDifference difference) {
    kept.add(difference);
    if (kept.size() > limit) {
      kept.pollLast();
    }
  }

  List<KeyDifference> inOrder() {
    return List.copyOf(kept);
  }
}
