package io.vellamo.testkit;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.RecordLayouts;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A check of a custom aggregator: that it gives the same result in whatever way the events of a
 * group are divided into slices, sessions, epochs and calls, and however often its buffer is
 * stored.
 *
 * <pre>{@code
 * AggregatorHarness.of(new Longest()).check("a", "bbb", "cc");
 * }</pre>
 *
 * <p><b>Cost</b> Grows with the cube of the number of events; five to ten are enough.
 *
 * <p><b>Threading</b> Used by one thread.
 *
 * @param <IN> the events
 * @param <BUF> the buffers
 * @param <OUT> the results
 * @since 0.1
 */
public final class AggregatorHarness<IN, BUF, OUT extends @Nullable Object> {
  private final Aggregator<IN, BUF, OUT> aggregator;
  private final StateCodec<BUF> codec;
  private final BiPredicate<OUT, OUT> same;
  // The buffer of no events, before any call of reduce.
  private final byte[] nothing;

  private AggregatorHarness(Aggregator<IN, BUF, OUT> aggregator, BiPredicate<OUT, OUT> same) {
    this.aggregator = aggregator;
    this.codec = JacksonStateCodec.of(aggregator.bufferType(), new RecordLayouts());
    this.same = same;
    this.nothing = codec.write(aggregator.zero());
  }

  /**
   * Returns the check of an aggregator whose results are compared with {@code equals}.
   *
   * @param aggregator the aggregator
   * @param <IN> the events
   * @param <BUF> the buffers
   * @param <OUT> the results
   * @return a check
   */
  public static <IN, BUF, OUT extends @Nullable Object> AggregatorHarness<IN, BUF, OUT> of(
      Aggregator<IN, BUF, OUT> aggregator) {
    return new AggregatorHarness<>(requireNonNull(aggregator, "aggregator"), Objects::equals);
  }

  /**
   * Returns this check with another comparison of results, such as one that allows for rounding.
   *
   * @param comparison whether two results, which may be null, count as the same
   * @return a copy
   */
  public AggregatorHarness<IN, BUF, OUT> comparing(BiPredicate<OUT, OUT> comparison) {
    return new AggregatorHarness<>(aggregator, requireNonNull(comparison, "comparison"));
  }

  /**
   * Checks the aggregator with some events, in their order.
   *
   * @param events the events, at least one; {@code reduce} must not change them
   * @throws AssertionError if a law does not hold; the message has the law and the events
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the list copies the array
  public final void check(IN... events) {
    if (events.length == 0) {
      throw new IllegalArgumentException("events must not be empty");
    }
    List<IN> all = List.of(events);
    for (int size = 0; size <= all.size(); size++) {
      List<IN> some = all.subList(0, size);
      OUT expected = aggregator.finish(reduced(some));
      checkNewZero(some);
      checkFinish(some, expected);
      checkStored(some, expected);
      checkZero(some, expected);
      for (int left = 1; left < size; left++) {
        checkMerge(some, left, expected);
        for (int middle = left + 1; middle < size; middle++) {
          checkGrouping(some, left, middle, expected);
        }
        if (aggregator.isDeductible()) {
          checkDeduct(some, left);
        }
      }
    }
  }

  private BUF reduced(List<IN> events) {
    BUF buffer = zero(events);
    for (IN event : events) {
      buffer = buffer(aggregator.reduce(buffer, event), "reduce", events);
    }
    return buffer;
  }

  private BUF zero(List<IN> events) {
    return buffer(aggregator.zero(), "zero", events);
  }

  private BUF merged(BUF left, BUF right, List<IN> events) {
    return buffer(aggregator.merge(left, right), "merge", events);
  }

  private BUF buffer(@Nullable BUF buffer, String method, List<IN> events) {
    if (buffer == null) {
      throw failure(method + " must not return null", events, "it returned [null]");
    }
    return buffer;
  }

  private void checkFinish(List<IN> events, OUT expected) {
    BUF buffer = reduced(events);
    byte[] before = codec.write(buffer);
    OUT first = aggregator.finish(buffer);
    requireSame("reduce must give the same result again", events, expected, first);
    require(
        "finish must not change the buffer, as more events may follow",
        events,
        before,
        codec.write(buffer));
  }

  private void checkStored(List<IN> events, OUT expected) {
    BUF read = stored(reduced(events));
    requireSame(
        "a buffer must be the same after it is written and read as in the journal",
        events,
        expected,
        aggregator.finish(read));
    BUF steps = zero(events);
    for (IN event : events) {
      steps = stored(buffer(aggregator.reduce(steps, event), "reduce", events));
    }
    requireSame(
        "reduce must continue with a buffer that was written and read",
        events,
        expected,
        aggregator.finish(steps));
  }

  private BUF stored(BUF buffer) {
    return codec.read(codec.write(buffer));
  }

  private void checkZero(List<IN> events, OUT expected) {
    requireSame(
        "zero must be neutral on the left of merge",
        events,
        expected,
        aggregator.finish(merged(zero(events), reduced(events), events)));
    requireSame(
        "zero must be neutral on the right of merge",
        events,
        expected,
        aggregator.finish(merged(reduced(events), zero(events), events)));
  }

  private void checkNewZero(List<IN> events) {
    OUT ofNothing = aggregator.finish(codec.read(nothing));
    requireSame(
        "zero must return a new buffer each time if reduce changes it",
        events,
        ofNothing,
        aggregator.finish(zero(events)));
  }

  private void checkMerge(List<IN> events, int split, OUT expected) {
    String where = " [first %d | other %d]".formatted(split, events.size() - split);
    BUF right = reduced(events.subList(split, events.size()));
    byte[] before = codec.write(right);
    BUF merged = merged(reduced(events.subList(0, split)), right, events);
    requireSame(
        "merge must give what reduce gives for all events in order" + where,
        events,
        expected,
        aggregator.finish(merged));
    require("merge must not change its right side" + where, events, before, codec.write(right));
    IN last = events.get(events.size() - 1);
    aggregator.reduce(merged, last);
    require(
        "reduce must not change the right side of an earlier merge, which merge must copy" + where,
        events,
        before,
        codec.write(right));
  }

  private void checkGrouping(List<IN> events, int first, int second, OUT expected) {
    List<List<IN>> parts =
        List.of(
            events.subList(0, first),
            events.subList(first, second),
            events.subList(second, events.size()));
    BUF rightFirst =
        merged(
            reduced(parts.get(0)),
            merged(reduced(parts.get(1)), reduced(parts.get(2)), events),
            events);
    requireSame(
        "merge must give the same in any grouping [%d | (%d | %d)]"
            .formatted(parts.get(0).size(), parts.get(1).size(), parts.get(2).size()),
        events,
        expected,
        aggregator.finish(rightFirst));
  }

  private void checkDeduct(List<IN> events, int split) {
    BUF removed = reduced(events.subList(0, split));
    byte[] before = codec.write(removed);
    BUF rest = buffer(aggregator.deduct(reduced(events), removed), "deduct", events);
    String where = " [first %d of %d]".formatted(split, events.size());
    requireSame(
        "deduct must undo merge" + where,
        events,
        aggregator.finish(reduced(events.subList(split, events.size()))),
        aggregator.finish(rest));
    require("deduct must not change what it removes" + where, events, before, codec.write(removed));
  }

  private void requireSame(String law, List<IN> events, OUT expected, OUT found) {
    if (!same.test(expected, found)) {
      throw failure(law, events, "expected [%s], was [%s]".formatted(expected, found));
    }
  }

  private void require(String law, List<IN> events, byte[] expected, byte[] found) {
    if (!Arrays.equals(expected, found)) {
      throw failure(
          law,
          events,
          "the stored buffer had [%d] bytes and has others, [%d]"
              .formatted(expected.length, found.length));
    }
  }

  private AssertionError failure(String law, List<IN> events, String found) {
    return new AssertionError(
        "%s; for events %s of [%s] %s"
            .formatted(law, events, aggregator.getClass().getName(), found));
  }
}
