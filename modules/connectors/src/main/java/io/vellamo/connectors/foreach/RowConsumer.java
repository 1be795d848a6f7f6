package io.vellamo.connectors.foreach;

/**
 * A user function that writes one row.
 *
 * @param <U> the rows
 * @since 0.1
 */
@FunctionalInterface
public interface RowConsumer<U> {
  /**
   * Writes a row.
   *
   * @param row the row
   * @throws Exception if it can't be written; fails the query
   */
  void accept(U row) throws Exception;
}
