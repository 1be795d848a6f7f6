package io.vellamo.api.sink;

/**
 * The rows of one epoch, in a fixed order: by shard, and within a shard in the order in which its
 * groups emitted them or, if they are the whole result, by group and window.
 *
 * <p><b>Threading</b> Immutable; may be kept.
 *
 * @param <U> the row type
 * @since 0.1
 */
public interface EpochRows<U> {
  /**
   * Returns the epoch.
   *
   * @return its number, from 1
   */
  long epoch();

  /**
   * Returns the number of rows.
   *
   * @return not negative
   */
  int size();

  /**
   * Returns a row.
   *
   * @param index from 0 to {@link #size} − 1
   * @return the row
   * @throws IndexOutOfBoundsException if there is no such row
   */
  U row(int index);

  /**
   * Returns the identity of a row.
   *
   * @param index from 0 to {@link #size} − 1
   * @return an id by which rows can be deduplicated
   * @throws IndexOutOfBoundsException if there is no such row
   */
  RowId id(int index);
}
