package io.vellamo.api.process;

import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The value of a {@link ValueVariable} of a group, during one call of its {@link GroupProcessor}.
 *
 * <p>Every read returns a new object, and {@link #update} serializes the value at once: changing a
 * value in place has no effect.
 *
 * @param <S> the value type
 * @since 0.1
 */
public interface ValueState<S> {
  /**
   * Returns whether there is a value.
   *
   * @return false initially, after {@link #remove} and once the value has expired
   */
  boolean exists();

  /**
   * Returns the value.
   *
   * @return the value
   * @throws NoSuchElementException if {@link #exists} is false
   */
  S get();

  /**
   * Returns the value if there is one.
   *
   * @return empty if {@link #exists} is false
   */
  Optional<S> optional();

  /**
   * Returns the value, or a default.
   *
   * @param absent the default
   * @return the value; {@code absent} if {@link #exists} is false
   */
  default S orElse(S absent) {
    return optional().orElse(absent);
  }

  /**
   * Sets the value.
   *
   * @param value the new value
   * @throws IllegalArgumentException if {@code value} is null
   */
  void update(S value);

  /** Removes the value. Has no effect if there is none. */
  void remove();
}
