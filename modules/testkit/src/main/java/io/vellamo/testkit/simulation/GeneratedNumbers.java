package io.vellamo.testkit.simulation;

import io.vellamo.api.aggregate.Aggregator;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import io.vellamo.api.internal.DirectForm;
import io.vellamo.testkit.simulation.Generated.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The aggregator of generated aggregations: it collects a number of each event in a buffer that
 * {@link #reduce} and {@link #merge} change.
 *
 * @param number returns the number of an event; throws {@link Thrown} for an event that fails
 * @param isOrdered whether the result tells the order of the events
 * @param isSmall whether it counts as one of few bytes, so that slices are kept as one value
 * @param flaky whether it throws for one of the events the first time
 * @param thrown the number for which it has thrown
 * @param <V> the events
 */
record GeneratedNumbers<V>(
    ToLongFunction<V> number, boolean isOrdered, boolean isSmall, boolean flaky, Set<Long> thrown)
    implements Aggregator<V, GeneratedNumbers.Buffer, String> {
  /** A single one, as a call may throw only once. */
  private static final long FLAKY = 10;

  /**
   * The buffer.
   *
   * @param numbers the numbers so far
   */
  record Buffer(List<Long> numbers) {
    /** Copies the numbers to a list that can be changed. */
    Buffer {
      numbers = new ArrayList<>(numbers);
    }

    /** Returns the numbers in ascending order. */
    @Override
    public String toString() {
      return text(numbers.stream().sorted().toList());
    }
  }

  @Override
  public Buffer zero() {
    return new Buffer(List.of());
  }

  @Override
  public Buffer reduce(Buffer buffer, V event) {
    // Before the exception: what a failed call has done to a buffer must have no effect.
    buffer.numbers.add(-1L);
    long next = number.applyAsLong(event);
    if (flaky && next == FLAKY && thrown.add(next)) {
      throw new Thrown("the first time");
    }
    buffer.numbers.set(buffer.numbers.size() - 1, next);
    return buffer;
  }

  @Override
  public Buffer merge(Buffer left, Buffer right) {
    left.numbers.addAll(right.numbers);
    return left;
  }

  @Override
  public String finish(Buffer buffer) {
    return isOrdered ? text(buffer.numbers) : buffer.toString();
  }

  @Override
  public StateType<Buffer> bufferType() {
    StateType<Buffer> type = StateType.of(Buffer.class);
    return isSmall ? type.codec(new Form()) : type;
  }

  /** The stored form of a buffer that counts as small. */
  private record Form() implements DirectForm<Buffer> {
    @Override
    public boolean isSmall() {
      return true;
    }

    @Override
    public void write(Buffer buffer, BufferWriter out) {
      out.writeCount(buffer.numbers.size());
      buffer.numbers.forEach(out::writeLong);
    }

    @Override
    public Buffer read(BufferReader in) {
      List<Long> numbers = new ArrayList<>();
      for (long count = in.readCount(); count > 0; count--) {
        numbers.add(in.readLong());
      }
      return new Buffer(numbers);
    }

    @Override
    public Buffer read(byte[] bytes) {
      return read(new BufferReader(bytes));
    }
  }

  @Override
  public boolean isOrderSensitive() {
    return isOrdered;
  }

  private static String text(List<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
