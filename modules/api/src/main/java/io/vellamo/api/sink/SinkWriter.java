package io.vellamo.api.sink;

/**
 * An open sink.
 *
 * <p><b>Order</b> Epochs arrive in rising order, those without rows included. After a crash the
 * newest one may arrive again, with the same rows.
 *
 * <p><b>Threading</b> Called by one thread at a time; may block.
 *
 * @param <U> the rows
 * @since 0.1
 */
public interface SinkWriter<U> extends AutoCloseable {
  /**
   * Writes the rows of an epoch; durable when it returns.
   *
   * <p><b>Failure</b> An exception fails the query; a restart writes the epoch again.
   *
   * @param rows the epoch's rows
   * @throws Exception if they can't be written
   */
  void write(EpochRows<? extends U> rows) throws Exception;

  @Override
  void close();
}
