package io.vellamo.api.group;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function that emits each group's state as a row whenever the group has been called, and another
 * row when the state has been removed. With a sink that upserts the former and deletes by the
 * latter, a table holds the current states of all groups.
 *
 * <pre>{@code
 * .flatMapGroupsWithState(
 *     OutputMode.UPDATE, GroupStateTimeout.EVENT_TIME, Visits.class,
 *     StateRows.of(this::count, (user, visits) -> VisitRow.of(user, visits), VisitRow::removed))
 * }</pre>
 *
 * <p><b>Threading</b> As the functions it is made of.
 *
 * @param <K> the keys
 * @param <V> the events
 * @param <S> the states
 * @param <R> the rows
 * @since 0.1
 */
public final class StateRows<K extends @Nullable Object, V, S, R>
    implements FlatMapGroupsWithStateFunction<K, V, S, R> {
  private final Update<K, V, S> update;
  private final BiFunction<? super K, ? super S, ? extends R> row;
  private final Function<? super K, ? extends R> removed;

  private StateRows(
      Update<K, V, S> update,
      BiFunction<? super K, ? super S, ? extends R> row,
      Function<? super K, ? extends R> removed) {
    this.update = update;
    this.row = row;
    this.removed = removed;
  }

  /**
   * A function that updates the state of a group and emits nothing itself.
   *
   * @param <K> the keys
   * @param <V> the events
   * @param <S> the states
   */
  @FunctionalInterface
  public interface Update<K extends @Nullable Object, V, S> {
    /**
     * Updates or removes the state.
     *
     * @param key the group's key
     * @param events the events; none if the group has timed out
     * @param state the state
     * @throws Exception if the call fails
     */
    void call(K key, Iterator<V> events, GroupState<S> state) throws Exception;
  }

  /**
   * Returns a function for {@code flatMapGroupsWithState}.
   *
   * @param update updates the state
   * @param row returns the row of a state
   * @param removed returns the row that says that a group's state has been removed
   * @param <K> the keys
   * @param <V> the events
   * @param <S> the states
   * @param <R> the rows
   * @return a function
   */
  public static <K extends @Nullable Object, V, S, R> StateRows<K, V, S, R> of(
      Update<K, V, S> update,
      BiFunction<? super K, ? super S, ? extends R> row,
      Function<? super K, ? extends R> removed) {
    return new StateRows<>(
        requireNonNull(update, "update"),
        requireNonNull(row, "row"),
        requireNonNull(removed, "removed"));
  }

  @Override
  public Iterator<R> call(K key, Iterator<V> events, GroupState<S> state) throws Exception {
    boolean existed = state.exists();
    update.call(key, events, state);
    if (state.exists()) {
      return List.<R>of(row.apply(key, state.get())).iterator();
    }
    return existed ? List.<R>of(removed.apply(key)).iterator() : Collections.emptyIterator();
  }
}
