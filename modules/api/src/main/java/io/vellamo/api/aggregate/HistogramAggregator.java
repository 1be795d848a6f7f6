package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.BufferReader;
import io.vellamo.api.internal.BufferWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The numbers of values in buckets with fixed bounds. */
final class HistogramAggregator<IN> implements Aggregator<IN, long[], Histogram> {
  private final Function<? super IN, ? extends @Nullable Double> value;
  private final double[] bounds;
  private final List<Double> boundList;
  private final StateType<long[]> type;

  HistogramAggregator(Function<? super IN, ? extends @Nullable Double> value, double... bounds) {
    this.value = value;
    this.bounds = checked(bounds);
    this.boundList = DoubleStream.of(this.bounds).boxed().toList();
    this.type = LayoutForm.type(long[].class, BufferLayout.HISTOGRAM, this::write, this::read);
  }

  private static double[] checked(double[] bounds) {
    double[] copy = bounds.clone();
    for (int i = 0; i < copy.length; i++) {
      copy[i] += 0.0; // makes -0.0 positive, as a search and the hash tell them apart
      if (!Double.isFinite(copy[i]) || (i > 0 && copy[i - 1] >= copy[i])) {
        throw new IllegalArgumentException(
            "bounds must be finite and ascending, were %s; the first and last bucket are unbounded"
                .formatted(Arrays.toString(bounds)));
      }
    }
    if (copy.length == 0) {
      throw new IllegalArgumentException(
          "bounds must have at least [1] number, had [0]; use Aggregates.count for a single bucket");
    }
    return copy;
  }

  @Override
  public long[] zero() {
    return new long[bounds.length + 1];
  }

  @Override
  public long[] reduce(long[] buffer, IN event) {
    Double added = value.apply(event);
    if (added != null) {
      buffer[bucketOf(added)]++;
    }
    return buffer;
  }

  private int bucketOf(double added) {
    int found = Arrays.binarySearch(bounds, added + 0.0);
    return found >= 0 ? found + 1 : -found - 1;
  }

  @Override
  public long[] merge(long[] left, long[] right) {
    for (int i = 0; i < left.length; i++) {
      left[i] += right[i];
    }
    return left;
  }

  @Override
  public Histogram finish(long[] buffer) {
    return new Histogram(boundList, LongStream.of(buffer).boxed().toList());
  }

  @Override
  public StateType<long[]> bufferType() {
    return type;
  }

  @Override
  public boolean isDeductible() {
    return true;
  }

  @Override
  public long[] deduct(long[] buffer, long[] removed) {
    for (int i = 0; i < buffer.length; i++) {
      buffer[i] -= removed[i];
    }
    return buffer;
  }

  private void write(long[] counts, BufferWriter out) {
    out.writeLong(Arrays.hashCode(bounds));
    out.writeCount(counts.length);
    for (long count : counts) {
      out.writeCount(count);
    }
  }

  private long[] read(BufferReader in) {
    long hash = in.readLong();
    long buckets = in.readCount();
    if (hash != Arrays.hashCode(bounds) || buckets != bounds.length + 1) {
      throw new IllegalArgumentException(
          "bounds of a stored histogram must be those of the query, %s, were others with [%d] buckets; keep the bounds, or start a query of another name"
              .formatted(boundList, buckets));
    }
    long[] counts = new long[bounds.length + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.readCount();
    }
    return counts;
  }
}
