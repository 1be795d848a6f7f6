package io.vellamo.api.aggregate;

import static io.vellamo.api.aggregate.NumericValues.doubles;
import static io.vellamo.api.aggregate.NumericValues.longs;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The standard aggregates, whose results are those of Spark's functions.
 *
 * <p>Values are what a function returns for each event, for instance {@code Flight::delay}. Nulls
 * are ignored, unless said otherwise: an aggregate whose values are all null has the result of no
 * values. Functions of numbers may return any of {@code int}, {@code long}, {@code double} and
 * {@code Number}, and are read as doubles, except by the aggregates of longs.
 *
 * <p>NaN is greater than all other numbers and equal to itself; -0.0 equals 0.0. Strings are in the
 * order of their code points, which is that of their UTF-8 bytes.
 *
 * <p>A class parameter is the class of the values, by which they are stored as state.
 *
 * <pre>{@code
 * var flights = Aggregates.<Flight>count();
 * var delay = Aggregates.avg(Flight::delay);
 * var latest = Aggregates.max(Flight::departure, Instant.class);
 * }</pre>
 *
 * <p><b>Cost</b> A few numbers or values for each group; all values for {@link #collectList} and
 * {@link #collectSet}.
 *
 * @since 0.1
 */
public final class Aggregates extends StatisticAggregates {
  private Aggregates() {}

  /**
   * Returns the number of events.
   *
   * @param <IN> the events
   * @return an aggregate that is 0 for no events
   */
  public static <IN> Aggregate<IN, Long> count() {
    return Aggregate.of("count", new CountAggregator<IN>(event -> true));
  }

  /**
   * Returns the number of values.
   *
   * @param value the value of an event; null is not counted
   * @param <IN> the events
   * @return an aggregate that is 0 for no values
   */
  public static <IN> Aggregate<IN, Long> count(
      Function<? super IN, ? extends @Nullable Object> value) {
    requireNonNull(value, "value");
    return Aggregate.of("count", new CountAggregator<IN>(event -> value.apply(event) != null));
  }

  /**
   * Returns the number of events that satisfy a predicate.
   *
   * @param predicate tells whether an event is counted
   * @param <IN> the events
   * @return an aggregate that is 0 for no such events
   */
  public static <IN> Aggregate<IN, Long> countIf(Predicate<? super IN> predicate) {
    requireNonNull(predicate, "predicate");
    return Aggregate.of("countIf", new CountAggregator<IN>(predicate));
  }

  /**
   * Returns the sum of values as doubles, by Neumaier's compensated summation: it is that of the
   * exact sum but for about one rounding, in any order of events.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for no values, and NaN if one is NaN
   */
  public static <IN> Aggregate<IN, @Nullable Double> sum(
      Function<? super IN, ? extends @Nullable Number> value) {
    return Aggregate.of(
        "sum", new DoubleSumAggregator<IN, @Nullable Double>(doubles(value), DoubleSum::sum));
  }

  /**
   * Returns the exact sum of whole numbers, Spark's {@code sum} of integral columns.
   *
   * <p><b>Failure</b> The event that takes the sum of a group out of the range of a long causes an
   * {@link ArithmeticException}, as in Spark's ANSI mode; a value that is not a {@code Long},
   * {@code Integer}, {@code Short} or {@code Byte} causes an {@link IllegalArgumentException}.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for no values
   */
  public static <IN> Aggregate<IN, @Nullable Long> sumOfLongs(
      Function<? super IN, ? extends @Nullable Number> value) {
    return Aggregate.of("sumOfLongs", LongSumAggregator.<IN>sum(longs("sumOfLongs", value)));
  }

  /**
   * Returns the mean of values as doubles: their {@link #sum} divided by their number.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for no values, and NaN if one is NaN
   */
  public static <IN> Aggregate<IN, @Nullable Double> avg(
      Function<? super IN, ? extends @Nullable Number> value) {
    return Aggregate.of(
        "avg", new DoubleSumAggregator<IN, @Nullable Double>(doubles(value), DoubleSum::mean));
  }

  /**
   * Returns the mean of whole numbers, out of their exact sum, which does not overflow. Spark's
   * differs by rounding.
   *
   * <p><b>Failure</b> A value that is not a {@code Long}, {@code Integer}, {@code Short} or {@code
   * Byte} causes an {@link IllegalArgumentException}.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for no values
   */
  public static <IN> Aggregate<IN, @Nullable Double> avgOfLongs(
      Function<? super IN, ? extends @Nullable Number> value) {
    return Aggregate.of("avgOfLongs", LongSumAggregator.<IN>avg(longs("avgOfLongs", value)));
  }

  /**
   * Returns the least of values as doubles.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for no values, and NaN if all are NaN
   */
  public static <IN> Aggregate<IN, @Nullable Double> min(
      Function<? super IN, ? extends @Nullable Number> value) {
    return min(NumericValues.<IN>doubles(value), Double.class);
  }

  /**
   * Returns the least value; among equal ones the first.
   *
   * @param value the value of an event
   * @param valueClass its class
   * @param <IN> the events
   * @param <T> the values
   * @return an aggregate that is null for no values
   */
  public static <IN, T extends Comparable<? super T>> Aggregate<IN, @Nullable T> min(
      Function<? super IN, ? extends @Nullable T> value, Class<T> valueClass) {
    return extreme("min", value, valueClass, ValueOrder.of(valueClass));
  }

  /**
   * Returns the greatest of values as doubles.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for no values, and NaN if one is NaN
   */
  public static <IN> Aggregate<IN, @Nullable Double> max(
      Function<? super IN, ? extends @Nullable Number> value) {
    return max(NumericValues.<IN>doubles(value), Double.class);
  }

  /**
   * Returns the greatest value; among equal ones the first.
   *
   * @param value the value of an event
   * @param valueClass its class
   * @param <IN> the events
   * @param <T> the values
   * @return an aggregate that is null for no values
   */
  public static <IN, T extends Comparable<? super T>> Aggregate<IN, @Nullable T> max(
      Function<? super IN, ? extends @Nullable T> value, Class<T> valueClass) {
    return extreme("max", value, valueClass, ValueOrder.of(valueClass).reversed());
  }

  /**
   * Returns whether all values are true.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for no values
   */
  public static <IN> Aggregate<IN, @Nullable Boolean> boolAnd(
      Function<? super IN, ? extends @Nullable Boolean> value) {
    return extreme("boolAnd", value, Boolean.class, Comparator.<Boolean>naturalOrder());
  }

  /**
   * Returns whether one of the values is true.
   *
   * @param value the value of an event
   * @param <IN> the events
   * @return an aggregate that is null for no values
   */
  public static <IN> Aggregate<IN, @Nullable Boolean> boolOr(
      Function<? super IN, ? extends @Nullable Boolean> value) {
    return extreme("boolOr", value, Boolean.class, Comparator.<Boolean>reverseOrder());
  }

  private static <IN, T> Aggregate<IN, @Nullable T> extreme(
      String name,
      Function<? super IN, ? extends @Nullable T> value,
      Class<T> valueClass,
      Comparator<T> order) {
    requireNonNull(value, "value");
    return Aggregate.of(
        name, new ExtremeAggregator<IN, T>(value, order, KeptValue.type(valueClass)));
  }

  /**
   * Returns the value of the first event, in the order in which events reach the group. It may be
   * null, unlike that of {@link #firstNonNull}.
   *
   * @param value the value of an event
   * @param valueClass its class
   * @param <IN> the events
   * @param <T> the values
   * @return an aggregate that is null for no events, or if the first value is null
   */
  public static <IN, T> Aggregate<IN, @Nullable T> first(
      Function<? super IN, ? extends @Nullable T> value, Class<T> valueClass) {
    requireNonNull(value, "value");
    return Aggregate.of(
        "first", new FirstAggregator<IN, T>(value, false, KeptValue.type(valueClass)));
  }

  /**
   * Returns the first value that is not null, Spark's {@code first} that ignores nulls.
   *
   * @param value the value of an event
   * @param valueClass its class
   * @param <IN> the events
   * @param <T> the values
   * @return an aggregate that is null for no values
   */
  public static <IN, T> Aggregate<IN, @Nullable T> firstNonNull(
      Function<? super IN, ? extends @Nullable T> value, Class<T> valueClass) {
    requireNonNull(value, "value");
    return Aggregate.of(
        "firstNonNull", new FirstAggregator<IN, T>(value, true, KeptValue.type(valueClass)));
  }

  /**
   * Returns the value of the last event, in the order in which events reach the group. It may be
   * null, unlike that of {@link #lastNonNull}.
   *
   * @param value the value of an event
   * @param valueClass its class
   * @param <IN> the events
   * @param <T> the values
   * @return an aggregate that is null for no events, or if the last value is null
   */
  public static <IN, T> Aggregate<IN, @Nullable T> last(
      Function<? super IN, ? extends @Nullable T> value, Class<T> valueClass) {
    requireNonNull(value, "value");
    return Aggregate.of(
        "last", new LastAggregator<IN, T>(value, false, KeptValue.type(valueClass)));
  }

  /**
   * Returns the last value that is not null, Spark's {@code last} that ignores nulls.
   *
   * @param value the value of an event
   * @param valueClass its class
   * @param <IN> the events
   * @param <T> the values
   * @return an aggregate that is null for no values
   */
  public static <IN, T> Aggregate<IN, @Nullable T> lastNonNull(
      Function<? super IN, ? extends @Nullable T> value, Class<T> valueClass) {
    requireNonNull(value, "value");
    return Aggregate.of(
        "lastNonNull", new LastAggregator<IN, T>(value, true, KeptValue.type(valueClass)));
  }

  /**
   * Returns the value of the event with the least rank; among equal ranks the last event.
   *
   * @param value the value of an event
   * @param valueClass its class
   * @param rank the rank of an event; an event without one is ignored
   * @param rankClass its class
   * @param <IN> the events
   * @param <T> the values
   * @param <R> the ranks
   * @return an aggregate that is null for no ranks, or if the value of that event is null
   */
  public static <IN, T, R extends Comparable<? super R>> Aggregate<IN, @Nullable T> minBy(
      Function<? super IN, ? extends @Nullable T> value,
      Class<T> valueClass,
      Function<? super IN, ? extends @Nullable R> rank,
      Class<R> rankClass) {
    requireNonNull(value, "value");
    requireNonNull(rank, "rank");
    return Aggregate.of(
        "minBy",
        new RankedAggregator<IN, T, R>(
            value, rank, ValueOrder.of(rankClass), RankedValue.type(valueClass, rankClass)));
  }

  /**
   * Returns the value of the event with the greatest rank; among equal ranks the last event.
   *
   * @param value the value of an event
   * @param valueClass its class
   * @param rank the rank of an event; an event without one is ignored
   * @param rankClass its class
   * @param <IN> the events
   * @param <T> the values
   * @param <R> the ranks
   * @return an aggregate that is null for no ranks, or if the value of that event is null
   */
  public static <IN, T, R extends Comparable<? super R>> Aggregate<IN, @Nullable T> maxBy(
      Function<? super IN, ? extends @Nullable T> value,
      Class<T> valueClass,
      Function<? super IN, ? extends @Nullable R> rank,
      Class<R> rankClass) {
    requireNonNull(value, "value");
    requireNonNull(rank, "rank");
    return Aggregate.of(
        "maxBy",
        new RankedAggregator<IN, T, R>(
            value,
            rank,
            ValueOrder.of(rankClass).reversed(),
            RankedValue.type(valueClass, rankClass)));
  }

  /**
   * Returns the events, reduced to one.
   *
   * @param eventClass the class of the events
   * @param function of an earlier and a later event; associative and commutative
   * @param <V> the events
   * @return an aggregate that is null for no events
   */
  public static <V> Aggregate<V, @Nullable V> reduce(
      Class<V> eventClass, BinaryOperator<V> function) {
    return Aggregate.of("reduce", new ReduceAggregator<>(function, KeptValue.type(eventClass)));
  }

  /**
   * Returns all values, in the order in which events reach the group.
   *
   * @param value the value of an event
   * @param valueClass its class
   * @param <IN> the events
   * @param <T> the values
   * @return an aggregate that is an unmodifiable list, empty for no values
   */
  public static <IN, T> Aggregate<IN, List<T>> collectList(
      Function<? super IN, ? extends @Nullable T> value, Class<T> valueClass) {
    requireNonNull(value, "value");
    return Aggregate.of("collectList", new CollectListAggregator<IN, T>(value, valueClass));
  }

  /**
   * Returns the distinct values.
   *
   * @param value the value of an event
   * @param valueClass its class, with {@code equals}
   * @param <IN> the events
   * @param <T> the values
   * @return an aggregate that is an unmodifiable set, empty for no values
   */
  public static <IN, T> Aggregate<IN, Set<T>> collectSet(
      Function<? super IN, ? extends @Nullable T> value, Class<T> valueClass) {
    requireNonNull(value, "value");
    return Aggregate.of("collectSet", new CollectSetAggregator<IN, T>(value, valueClass));
  }

  /**
   * Returns the numbers of values in buckets with fixed bounds. NaN is in the last bucket.
   *
   * <p>The bounds are part of the state: a query can't be continued with others.
   *
   * @param value the value of an event
   * @param bounds finite numbers in ascending order, at least one; a value at a bound is in the
   *     bucket above it
   * @param <IN> the events
   * @return an aggregate that has counts of 0 for no values
   * @throws IllegalArgumentException if {@code bounds} are not as required
   */
  public static <IN> Aggregate<IN, Histogram> histogram(
      Function<? super IN, ? extends @Nullable Number> value, double... bounds) {
    return Aggregate.of("histogram", new HistogramAggregator<IN>(doubles(value), bounds));
  }
}
