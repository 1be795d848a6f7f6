package io.vellamo.engine.group;

import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.InitialRowFunction;
import io.vellamo.api.process.Timer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operator that calls a user's processor.
 *
 * @param processor the user's processor
 * @param initial takes initial rows; null if there are none
 * @param mayEmitEventTimes whether {@code withWatermark} is upstream
 * @param <K> the keys
 * @param <V> the events
 * @param <S> the initial rows
 * @param <U> the rows
 */
public record ProcessorOperator<K extends @Nullable Object, V, S, U>(
    GroupProcessor<K, V, U> processor,
    @Nullable InitialRowFunction<K, S, U> initial,
    boolean mayEmitEventTimes)
    implements KeyedOperator<K, V, S, U> {
  @Override
  public void onEvents(K key, KeyedEvents<V> events, KeyedState<S> group, Rows<U> rows)
      throws Exception {
    processor.onEvents(key, events, context(group, rows));
  }

  @Override
  public void onTimeout(K key, KeyedState<S> group, Rows<U> rows) {
    throw new AssertionError("the operator has no timeout");
  }

  @Override
  public void onTimer(K key, Timer timer, KeyedState<S> group, Rows<U> rows) throws Exception {
    processor.onTimer(key, timer, context(group, rows));
  }

  @Override
  public void onInitialRow(K key, S row, KeyedState<S> group, Rows<U> rows) throws Exception {
    Objects.requireNonNull(initial, "initial").onInitialRow(key, row, context(group, rows));
  }

  private ProcessorContext<U> context(KeyedState<S> group, Rows<U> rows) {
    return new ProcessorContext<>(group, rows, mayEmitEventTimes);
  }
}
