package io.vellamo.api.aggregate;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Functions for the numeric values of events, out of those of users, which return any number. */
final class NumericValues {
  private NumericValues() {}

  static <IN> Function<IN, @Nullable Double> doubles(
      Function<? super IN, ? extends @Nullable Number> value) {
    requireNonNull(value, "value");
    return event -> {
      Number number = value.apply(event);
      return number == null ? null : (Double) number.doubleValue();
    };
  }

  /**
   * Returns a function for values that must be whole numbers of at most 64 bits.
   *
   * @param name the aggregate, for the message
   */
  static <IN> Function<IN, @Nullable Long> longs(
      String name, Function<? super IN, ? extends @Nullable Number> value) {
    requireNonNull(value, "value");
    return event -> {
      Number number = value.apply(event);
      return number == null ? null : (Long) whole(name, number);
    };
  }

  private static long whole(String name, Number number) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return number.longValue();
    }
    throw new IllegalArgumentException(
        "value of aggregate [%s] must be a Long, Integer, Short or Byte, was [%s] of class [%s]; use the aggregate of doubles"
            .formatted(name, number, number.getClass().getName()));
  }
}
