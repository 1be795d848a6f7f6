package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.HotKeys.HotKey;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.query.SpaceSaving.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The groups of an operator with the largest amounts of something, in this period and the one
 * before.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class HotGroups {
  private static final Comparator<Map.Entry<GroupKey, Estimate>> LARGEST_FIRST =
      Comparator.<Map.Entry<GroupKey, Estimate>>comparingLong(each -> -each.getValue().amount())
          .thenComparing(Map.Entry::getKey);

  private final int capacity;
  private SpaceSaving preceding;
  private SpaceSaving current;
  private long precedingTotal;
  private long total;

  HotGroups(int capacity) {
    this.capacity = capacity;
    this.preceding = new SpaceSaving(capacity);
    this.current = new SpaceSaving(capacity);
  }

  /** Begins a period. */
  void nextPeriod() {
    preceding = current;
    precedingTotal = total;
    current = new SpaceSaving(capacity);
    total = 0;
  }

  /** Adds the amount of all groups in an epoch. */
  void addTotal(long amount) {
    total += amount;
  }

  /** Adds the amount of a group in an epoch. */
  void add(GroupKey key, long amount) {
    current.add(key, amount);
  }

  /**
   * Returns the groups with the largest amounts, the largest first.
   *
   * @param most how many
   * @param text returns the text of a key
   * @param unit the amount that counts as one
   */
  List<HotKey> largest(int most, Function<GroupKey, String> text, long unit) {
    double all = (double) precedingTotal + total;
    return current.with(preceding).entrySet().stream()
        .sorted(LARGEST_FIRST)
        .limit(most)
        .map(
            each ->
                new HotKey(
                    text.apply(each.getKey()),
                    each.getValue().amount() / unit,
                    each.getValue().error() / unit,
                    all <= 0 ? 0 : Math.min(1, each.getValue().amount() / all)))
        .toList();
  }
}
