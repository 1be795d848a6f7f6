package io.vellamo.api.aggregate;

import io.vellamo.api.TypeRef;
import io.vellamo.api.group.StateType;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values. Buffers are of a class that is read in the order it was written in: the
 * order of a result must not change with a recovery.
 */
@SuppressWarnings("NonApiType") // the class of the buffers decides how they are read
final class CollectSetAggregator<IN, T> implements Aggregator<IN, LinkedHashSet<T>, Set<T>> {
  private final Function<? super IN, ? extends @Nullable T> value;
  private final StateType<LinkedHashSet<T>> type;

  CollectSetAggregator(Function<? super IN, ? extends @Nullable T> value, Class<T> valueClass) {
    this.value = value;
    this.type = StateType.of(TypeRef.<LinkedHashSet<T>>of(LinkedHashSet.class, valueClass));
  }

  @Override
  public LinkedHashSet<T> zero() {
    return new LinkedHashSet<>();
  }

  @Override
  public LinkedHashSet<T> reduce(LinkedHashSet<T> buffer, IN event) {
    T added = value.apply(event);
    if (added != null) {
      buffer.add(withPositiveZero(added));
    }
    return buffer;
  }

  /** Boxed, -0.0 and 0.0 are different values. */
  @SuppressWarnings("unchecked") // T is the class of the value
  private static <T> T withPositiveZero(T value) {
    Object same = value;
    if (value instanceof Double number && number == 0) {
      same = 0.0;
    } else if (value instanceof Float number && number == 0) {
      same = 0.0f;
    }
    return (T) same;
  }

  @Override
  public LinkedHashSet<T> merge(LinkedHashSet<T> left, LinkedHashSet<T> right) {
    left.addAll(right);
    return left;
  }

  @Override
  public Set<T> finish(LinkedHashSet<T> buffer) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(buffer));
  }

  @Override
  public StateType<LinkedHashSet<T>> bufferType() {
    return type;
  }
}
