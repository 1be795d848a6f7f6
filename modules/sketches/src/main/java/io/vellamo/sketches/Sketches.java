package io.vellamo.sketches;

import io.vellamo.api.aggregate.Aggregate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that are exact for a group with few events and approximate for one with many, in
 * bounded memory.
 *
 * <pre>{@code
 * var users = Sketches.approxCountDistinct(Click::user);
 * var latency = Sketches.percentiles(Click::millis);
 * var median = latency.at(0.5);
 * var slowest = latency.at(0.99);
 * }</pre>
 *
 * <p>The same events in the same order, with the same merges, give the same buffers, byte by byte.
 *
 * @since 0.1
 */
public final class Sketches {
  private static final int DEFAULT_PRECISION = 12;
  private static final int MIN_PRECISION = 8;
  private static final int MAX_PRECISION = 18;
  private static final int DEFAULT_COMPRESSION = 200;
  private static final int MIN_COMPRESSION = 20;
  private static final int MAX_COMPRESSION = 1_000;

  private Sketches() {}

  /**
   * Returns the number of distinct values, as {@link #approxCountDistinct(Function, int)} with
   * precision 12: a standard error of 1.2 % and at most 4 KiB for each buffer.
   *
   * @param value returns the value of an event; null is not counted
   * @param <IN> the events
   * @return an aggregate that is 0 for no values
   */
  public static <IN> Aggregate<IN, Long> approxCountDistinct(
      Function<? super IN, ? extends @Nullable Object> value) {
    return approxCountDistinct(value, DEFAULT_PRECISION);
  }

  /**
   * Returns the number of distinct values: exact up to 256, estimated from 257 on. The order of the
   * events and of merges does not affect the result.
   *
   * <p>Values are of {@code String}, {@code Boolean}, {@code UUID}, {@code Instant}, {@code
   * byte[]}, an enum, {@code Byte}, {@code Short}, {@code Integer}, {@code Long}, {@code Float} or
   * {@code Double}. Integers are equal if their values are, whatever their class, and so are the
   * two floating-point classes; −0.0 equals 0.0, and all NaNs are equal. Constants of enums are
   * distinguished by name only. Map any other class to one of these.
   *
   * <p>An estimate has a standard error of 0.78 / √(2^precision): about 2 of 3 estimates are off by
   * less, and 19 of 20 by less than twice as much. It is computed by UltraLogLog [1] from 64-bit
   * hashes. Spark uses HyperLogLog++ with a standard error of 5 % by default, and returns other
   * estimates.
   *
   * <p>A later run of the query may have another precision. A buffer with an estimate takes the
   * lower precision of both and keeps it.
   *
   * <p><b>Failure</b> An event with a value of another class fails with {@code
   * IllegalArgumentException}.
   *
   * <p><b>Cost</b> 8 bytes for each value up to 256, then at most 2^precision bytes. The stored
   * form is smaller while the estimate is low: 0.6 KiB for 300 values.
   *
   * <p>[1] O. Ertl, <a href="https://doi.org/10.14778/3654621.3654632">UltraLogLog: A Practical and
   * More Space-Efficient Alternative to HyperLogLog for Approximate Distinct Counting</a>, 2024.
   *
   * @param value returns the value of an event; null is not counted
   * @param precision from 8 to 18
   * @param <IN> the events
   * @return an aggregate that is 0 for no values
   * @throws IllegalArgumentException if {@code precision} is out of range
   */
  public static <IN> Aggregate<IN, Long> approxCountDistinct(
      Function<? super IN, ? extends @Nullable Object> value, int precision) {
    requireRange("precision", MIN_PRECISION, MAX_PRECISION, precision);
    return Aggregate.of("approxCountDistinct", new DistinctCountAggregator<>(value, precision));
  }

  /**
   * Returns a percentile, as {@link Percentiles#at} of {@link #percentiles(Function)}. For several
   * percentiles of the same number, use that: they share one buffer.
   *
   * @param number returns the number of an event; null is ignored
   * @param percentile from 0, the least number, to 1, the greatest
   * @param <IN> the events
   * @return an aggregate that is null for no numbers
   * @throws IllegalArgumentException if {@code percentile} is out of range
   */
  public static <IN> Aggregate<IN, @Nullable Double> percentileApprox(
      Function<? super IN, ? extends @Nullable Number> number, double percentile) {
    return Sketches.<IN>percentiles(number).at(percentile);
  }

  /**
   * Returns the percentiles of a number, as {@link #percentiles(Function, int)} with compression
   * 200.
   *
   * @param number returns the number of an event; null is ignored
   * @param <IN> the events
   * @return the percentiles, which share one buffer
   */
  public static <IN> Percentiles<IN> percentiles(
      Function<? super IN, ? extends @Nullable Number> number) {
    return percentiles(number, DEFAULT_COMPRESSION);
  }

  /**
   * Returns the percentiles of a number. The precision of {@link Percentiles} depends on the
   * compression.
   *
   * @param number returns the number of an event; null is ignored
   * @param compression from 20 to 1,000; the error and the number of bytes are about inversely
   *     proportional
   * @param <IN> the events
   * @return the percentiles, which share one buffer
   * @throws IllegalArgumentException if {@code compression} is out of range
   */
  public static <IN> Percentiles<IN> percentiles(
      Function<? super IN, ? extends @Nullable Number> number, int compression) {
    requireRange("compression", MIN_COMPRESSION, MAX_COMPRESSION, compression);
    return new Percentiles<>(
        Aggregate.of("percentileApprox", new PercentileAggregator<IN>(number, compression)));
  }

  private static void requireRange(String name, int least, int greatest, int value) {
    if (value < least || value > greatest) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, was [%d]".formatted(name, least, greatest, value));
    }
  }
}
