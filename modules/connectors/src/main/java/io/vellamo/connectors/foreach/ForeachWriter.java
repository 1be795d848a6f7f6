package io.vellamo.connectors.foreach;

import org.jspecify.annotations.Nullable;

/**
 * The user's code that writes an epoch row by row, after Spark's class of that name.
 *
 * <p><b>Order</b> For every epoch, those without rows included: {@link #open}; if it returned true,
 * {@link #process} for each row; if {@code open} returned at all, {@link #close}. An epoch that was
 * not committed comes again after a restart, with the same rows. Unlike in Spark there is one
 * writer for all partitions, so {@code open} gets the epoch alone.
 *
 * <p><b>Threading</b> Called by one thread at a time; may block.
 *
 * <p><b>Failure</b> An exception fails the query.
 *
 * @param <U> the rows
 * @since 0.1
 */
public interface ForeachWriter<U> {
  /**
   * Starts an epoch.
   *
   * @param epoch its number, from 1
   * @return false to skip the rows, because the epoch has been written already
   * @throws Exception if it can't be started; {@link #close} is not called then
   */
  boolean open(long epoch) throws Exception;

  /**
   * Writes a row.
   *
   * @param row the row
   * @throws Exception if it can't be written
   */
  void process(U row) throws Exception;

  /**
   * Ends the epoch; what was processed must be durable when it returns.
   *
   * @param error what {@link #process} threw; null if it threw nothing
   * @throws Exception if the epoch can't be ended
   */
  void close(@Nullable Throwable error) throws Exception;
}
