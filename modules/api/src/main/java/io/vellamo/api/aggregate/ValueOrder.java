package io.vellamo.api.aggregate;

import java.util.Comparator;

/**
 * The orders of values, as in Spark: NaN is greater than all other numbers and equal to itself,
 * -0.0 equals 0.0, and strings are in the order of their code points, which is that of their UTF-8
 * bytes. Values of other classes have their natural order.
 */
final class ValueOrder {
  private ValueOrder() {}

  @SuppressWarnings("unchecked") // T is the class
  static <T extends Comparable<? super T>> Comparator<T> of(Class<T> valueClass) {
    Comparator<?> order;
    if (valueClass == Double.class) {
      order = (Comparator<Double>) ValueOrder::compareDoubles;
    } else if (valueClass == Float.class) {
      order = (Comparator<Float>) ValueOrder::compareDoubles;
    } else if (valueClass == String.class) {
      order = (Comparator<String>) ValueOrder::compareTexts;
    } else {
      order = Comparator.<T>naturalOrder();
    }
    return (Comparator<T>) order;
  }

  private static int compareDoubles(double left, double right) {
    return left == right ? 0 : Double.compare(left, right);
  }

  private static int compareTexts(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      if (left.charAt(i) != right.charAt(i)) {
        return Integer.compare(rank(left.charAt(i)), rank(right.charAt(i)));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Surrogates stand for code points above those of all other chars. */
  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
  }
}
