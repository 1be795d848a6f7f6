package io.vellamo.api.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * A function of four arguments.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <C> the third argument
 * @param <D> the fourth argument
 * @param <Z> the result
 * @since 0.1
 */
@FunctionalInterface
public interface Function4<
    A extends @Nullable Object,
    B extends @Nullable Object,
    C extends @Nullable Object,
    D extends @Nullable Object,
    Z> {
  /**
   * Applies the function.
   *
   * @param a the first argument
   * @param b the second argument
   * @param c the third argument
   * @param d the fourth argument
   * @return the result
   */
  Z apply(A a, B b, C c, D d);
}
