package io.vellamo.api.process;

import java.util.Iterator;

/**
 * The list of a {@link ListVariable} of a group, during one call of its {@link GroupProcessor}.
 *
 * <p>Every read returns new objects, and every write serializes the elements at once: changing an
 * element in place has no effect. Expired elements are invisible.
 *
 * <p><b>Cost</b> Appending n elements writes n elements; dropping any number from the front writes
 * a few bytes. An iteration deserializes the elements that it reaches.
 *
 * @param <S> the element type
 * @since 0.1
 */
public interface ListState<S> extends Iterable<S> {
  /**
   * Adds an element at the end.
   *
   * @param element the element
   * @throws IllegalArgumentException if {@code element} is null
   */
  void append(S element);

  /**
   * Adds elements at the end.
   *
   * @param elements the elements, in order; may be empty, unlike in Spark
   * @throws IllegalArgumentException if one of them is null
   */
  void appendAll(Iterable<? extends S> elements);

  /**
   * Replaces all elements.
   *
   * @param elements the new elements, in order; none to clear the list
   * @throws IllegalArgumentException if one of them is null
   */
  void replaceWith(Iterable<? extends S> elements);

  /**
   * Removes elements from the front until at most a number of them are left.
   *
   * @param most the maximum size afterwards, not negative
   */
  void keepLast(int most);

  /**
   * Returns the elements in the order in which they were added.
   *
   * @return the elements as of this call; later changes are not seen, and nothing can be removed
   *     through it
   */
  @Override
  Iterator<S> iterator();

  /**
   * Returns the number of elements.
   *
   * @return zero or more
   */
  int size();

  /**
   * Returns whether there are no elements.
   *
   * @return true if {@link #size} is zero
   */
  default boolean isEmpty() {
    return size() == 0;
  }

  /** Removes all elements. */
  void clear();
}
