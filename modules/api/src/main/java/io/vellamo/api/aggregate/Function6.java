package io.vellamo.api.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * A function of six arguments.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <C> the third argument
 * @param <D> the fourth argument
 * @param <E> the fifth argument
 * @param <F> the sixth argument
 * @param <Z> the result
 * @since 0.1
 */
@FunctionalInterface
public interface Function6<
    A extends @Nullable Object,
    B extends @Nullable Object,
    C extends @Nullable Object,
    D extends @Nullable Object,
    E extends @Nullable Object,
    F extends @Nullable Object,
    Z> {
  /**
   * Applies the function.
   *
   * @param a the first argument
   * @param b the second argument
   * @param c the third argument
   * @param d the fourth argument
   * @param e the fifth argument
   * @param f the sixth argument
   * @return the result
   */
  Z apply(A a, B b, C c, D d, E e, F f);
}
