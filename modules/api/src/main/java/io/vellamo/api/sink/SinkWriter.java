package io.vellamo.api.sink;

/**
 * An open sink, which writes the rows of one query.
 *
 * <p><b>Order</b> Epochs arrive in ascending order, including epochs without rows. After a crash
 * the last epoch may arrive again, with the same rows. In {@link
 * io.vellamo.api.query.OutputMode#COMPLETE}, the rows of an epoch are the whole result, and epochs
 * that do not change it do not arrive.
 *
 * <p><b>Threading</b> Called by one thread at a time; need not be thread-safe. May block.
 *
 * @param <U> the row type
 * @since 0.1
 */
public interface SinkWriter<U> extends AutoCloseable {
  /**
   * Writes the rows of an epoch. They must be durable when this method returns.
   *
   * <p><b>Failure</b> An exception fails the query; a restart writes the epoch again.
   *
   * @param rows the epoch's rows
   * @throws Exception if the rows can't be written
   */
  void write(EpochRows<? extends U> rows) throws Exception;

  @Override
  void close();
}
