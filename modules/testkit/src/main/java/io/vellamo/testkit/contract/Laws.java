package io.vellamo.testkit.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Comparisons whose messages name the broken law and the differences. */
final class Laws {
  private static final int SHOWN = 10;

  private Laws() {}

  /**
   * Requires equal lists.
   *
   * @param law the law, as a sentence
   * @param what the name of one value, for the message
   */
  static void requireSame(String law, String what, List<?> expected, List<?> found) {
    int same = 0;
    while (same < Math.min(expected.size(), found.size())
        && Objects.equals(expected.get(same), found.get(same))) {
      same++;
    }
    if (same < Math.max(expected.size(), found.size())) {
      throw new AssertionError(
          "law broken: %s; [%d] must be there, were [%d]; the first difference is %s [%d], must be [%s], was [%s]"
              .formatted(
                  law,
                  expected.size(),
                  found.size(),
                  what,
                  same,
                  at(expected, same),
                  at(found, same)));
    }
  }

  /** Requires equal lists, apart from their order. */
  static void requireSameInAnyOrder(String law, List<?> expected, List<?> found) {
    List<Object> missing = without(expected, found);
    List<Object> unexpected = without(found, expected);
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new AssertionError(
          "law broken: %s; [%d] must be there, were [%d]; missing %s, unexpected %s"
              .formatted(law, expected.size(), found.size(), some(missing), some(unexpected)));
    }
  }

  private static Object at(List<?> values, int index) {
    return index < values.size() ? values.get(index) : "nothing";
  }

  private static List<Object> without(List<?> values, List<?> others) {
    Map<Object, Integer> counts = new HashMap<>();
    others.forEach(other -> counts.merge(other, 1, Integer::sum));
    List<Object> left = new ArrayList<>();
    for (Object value : values) {
      if (counts.merge(value, -1, Integer::sum) < 0) {
        left.add(value);
      }
    }
    return left;
  }

  private static String some(List<Object> values) {
    return values.size() <= SHOWN
        ? values.toString()
        : values.subList(0, SHOWN) + " and [%d] more".formatted(values.size() - SHOWN);
  }
}
