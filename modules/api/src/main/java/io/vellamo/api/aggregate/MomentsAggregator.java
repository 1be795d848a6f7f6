package io.vellamo.api.aggregate;

import io.vellamo.api.group.StateType;
import java.util.function.Function;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/** The moments of values; its own result is their number. */
final class MomentsAggregator<IN> implements Aggregator<IN, Moments, Long> {
  private final Function<? super IN, ? extends @Nullable Double> value;
  private final ObjDoubleConsumer<Moments> add;
  private final StateType<Moments> type;

  private MomentsAggregator(
      Function<? super IN, ? extends @Nullable Double> value,
      ObjDoubleConsumer<Moments> add,
      StateType<Moments> type) {
    this.value = value;
    this.add = add;
    this.type = type;
  }

  /** Returns the aggregator of all moments. */
  static <IN> MomentsAggregator<IN> ofAll(Function<? super IN, ? extends @Nullable Double> value) {
    return new MomentsAggregator<>(value, Moments::add, Moments.TYPE);
  }

  /** Returns an aggregator whose buffers have half the size and no third and fourth moment. */
  static <IN> MomentsAggregator<IN> ofVariance(
      Function<? super IN, ? extends @Nullable Double> value) {
    return new MomentsAggregator<>(value, Moments::addToVariance, Moments.TYPE_OF_VARIANCE);
  }

  @Override
  public Moments zero() {
    return new Moments();
  }

  @Override
  public Moments reduce(Moments buffer, IN event) {
    Double added = value.apply(event);
    if (added != null) {
      add.accept(buffer, added);
    }
    return buffer;
  }

  @Override
  public Moments merge(Moments left, Moments right) {
    left.add(right);
    return left;
  }

  @Override
  public Long finish(Moments buffer) {
    return buffer.count();
  }

  @Override
  public StateType<Moments> bufferType() {
    return type;
  }
}
