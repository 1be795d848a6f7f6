package io.vellamo.connectors.foreach;

import java.util.List;

/**
 * A user function that writes all rows of an epoch, modelled on Spark's {@code foreachBatch}.
 *
 * @param <U> the rows
 * @since 0.1
 */
@FunctionalInterface
public interface BatchConsumer<U> {
  /**
   * Writes the rows of an epoch; they must be durable when it returns.
   *
   * <p><b>Order</b> Called for every epoch, including those without rows. An epoch that was not
   * committed is written again after a restart, with the same rows. In mode {@code COMPLETE}, the
   * rows are the whole result, and epochs that do not change it are left out.
   *
   * @param rows the rows, in order; can't be changed
   * @param epoch the epoch's number, from 1
   * @throws Exception if they can't be written; fails the query
   */
  void accept(List<U> rows, long epoch) throws Exception;
}
