package io.vellamo.api.aggregate;

import io.vellamo.api.TypeRef;
import io.vellamo.api.group.StateType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All values, in the order of events. */
final class CollectListAggregator<IN, T> implements Aggregator<IN, List<T>, List<T>> {
  private final Function<? super IN, ? extends @Nullable T> value;
  private final StateType<List<T>> type;

  CollectListAggregator(Function<? super IN, ? extends @Nullable T> value, Class<T> valueClass) {
    this.value = value;
    this.type = StateType.of(TypeRef.<List<T>>of(List.class, valueClass));
  }

  @Override
  public List<T> zero() {
    return new ArrayList<>();
  }

  @Override
  public List<T> reduce(List<T> buffer, IN event) {
    T added = value.apply(event);
    if (added != null) {
      buffer.add(added);
    }
    return buffer;
  }

  @Override
  public List<T> merge(List<T> left, List<T> right) {
    left.addAll(right);
    return left;
  }

  @Override
  public List<T> finish(List<T> buffer) {
    return List.copyOf(buffer);
  }

  @Override
  public StateType<List<T>> bufferType() {
    return type;
  }

  @Override
  public boolean isOrderSensitive() {
    return true;
  }
}
