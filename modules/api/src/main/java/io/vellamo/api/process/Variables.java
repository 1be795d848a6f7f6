package io.vellamo.api.process;

import io.vellamo.api.group.StateType;
import java.util.Optional;

/**
 * Factories of state variables.
 *
 * <pre>{@code
 * private static final ValueVariable<Long> COUNT = Variables.value("count", Long.class);
 * private static final MapVariable<String, Boolean> SEEN =
 *     Variables.map("seen", String.class, Boolean.class).expiresAfterWrite(Duration.ofDays(1));
 * }</pre>
 *
 * @since 0.1
 */
public final class Variables {
  private Variables() {}

  /**
   * Returns a variable that holds at most one value per group.
   *
   * @param name the name in the journal, from 1 to 100 characters, not blank
   * @param valueClass the value type; see {@link StateType} for changes of the class
   * @param <S> the value type
   * @return a variable whose value never expires
   */
  public static <S> ValueVariable<S> value(String name, Class<S> valueClass) {
    return value(name, StateType.of(valueClass));
  }

  /**
   * Returns a variable that holds at most one value per group, for values that older versions of
   * the program may have written, or whose class has type arguments.
   *
   * @param name the name in the journal, from 1 to 100 characters, not blank
   * @param type the value type, its version and its migrations
   * @param <S> the value type
   * @return a variable whose value never expires
   */
  public static <S> ValueVariable<S> value(String name, StateType<S> type) {
    return new ValueVariable<>(name, type, Optional.empty());
  }

  /**
   * Returns a variable that holds a list per group.
   *
   * @param name the name in the journal, from 1 to 100 characters, not blank
   * @param elementClass the element type; see {@link StateType} for changes of the class
   * @param <S> the element type
   * @return a variable whose elements never expire
   */
  public static <S> ListVariable<S> list(String name, Class<S> elementClass) {
    return list(name, StateType.of(elementClass));
  }

  /**
   * Returns a variable that holds a list per group, for elements that older versions of the program
   * may have written, or whose class has type arguments.
   *
   * @param name the name in the journal, from 1 to 100 characters, not blank
   * @param type the element type, its version and its migrations
   * @param <S> the element type
   * @return a variable whose elements never expire
   */
  public static <S> ListVariable<S> list(String name, StateType<S> type) {
    return new ListVariable<>(name, type, Optional.empty());
  }

  /**
   * Returns a variable that holds a map per group.
   *
   * @param name the name in the journal, from 1 to 100 characters, not blank
   * @param keyClass the type of the map's keys, for which the rules of grouping keys apply
   * @param valueClass the type of the map's values; see {@link StateType} for changes of the class
   * @param <A> the type of the map's keys
   * @param <B> the type of the map's values
   * @return a variable whose entries never expire
   */
  public static <A, B> MapVariable<A, B> map(String name, Class<A> keyClass, Class<B> valueClass) {
    return map(name, keyClass, StateType.of(valueClass));
  }

  /**
   * Returns a variable that holds a map per group, for values that older versions of the program
   * may have written, or whose class has type arguments.
   *
   * @param name the name in the journal, from 1 to 100 characters, not blank
   * @param keyClass the type of the map's keys, for which the rules of grouping keys apply
   * @param type the type of the map's values, its version and its migrations
   * @param <A> the type of the map's keys
   * @param <B> the type of the map's values
   * @return a variable whose entries never expire
   */
  public static <A, B> MapVariable<A, B> map(String name, Class<A> keyClass, StateType<B> type) {
    return new MapVariable<>(name, keyClass, type, Optional.empty());
  }
}
