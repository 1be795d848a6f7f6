package io.vellamo.connectors.foreach;

import org.jspecify.annotations.Nullable;

/**
 * A user-defined writer of the rows of an epoch, modelled on Spark's class of that name.
 *
 * <p><b>Order</b> For every epoch, including those without rows: {@link #open}; if it returned
 * true, {@link #process} for each row; and {@link #close} unless {@code open} threw an exception.
 * An epoch that was not committed is written again after a restart, with the same rows. In mode
 * {@code COMPLETE}, the rows are the whole result, and epochs that do not change it are left out.
 * Unlike in Spark there is one writer for all partitions, so {@code open} gets only the epoch.
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
   * @return false to skip the rows, for example because the epoch has already been written
   * @throws Exception if the epoch can't be started; {@link #close} is then not called
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
   * Ends the epoch; the processed rows must be durable when it returns.
   *
   * @param error the exception thrown by {@link #process}; null if there was none
   * @throws Exception if the epoch can't be ended
   */
  void close(@Nullable Throwable error) throws Exception;
}
