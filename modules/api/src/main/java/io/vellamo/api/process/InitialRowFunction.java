package io.vellamo.api.process;

import org.jspecify.annotations.Nullable;

/**
 * A function that sets a group's variables and timers from a row that exists before the query's
 * first epoch. Equivalent to Spark's {@code handleInitialState}.
 *
 * <p><b>Order</b> Called once for each row of a group, in their order, in the query's first epoch
 * and before the group's events. A group without events has no other call in that epoch.
 *
 * <p><b>Threading</b> As for {@link GroupProcessor}.
 *
 * @param <K> the key type
 * @param <S> the type of the initial rows
 * @param <U> the row type of the processor
 * @since 0.1
 */
@FunctionalInterface
public interface InitialRowFunction<K extends @Nullable Object, S, U> {
  /**
   * Takes an initial row of a group.
   *
   * @param key the group's key
   * @param row the row
   * @param group the group
   * @throws Exception if the call fails
   */
  void onInitialRow(K key, S row, GroupContext<U> group) throws Exception;
}
