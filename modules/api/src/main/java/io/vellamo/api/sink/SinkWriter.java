package io.vellamo.api.sink;

import java.util.Map;

/**
 * An open sink, which writes the rows of one query.
 *
 * <p><b>Order</b> Epochs arrive in ascending order, including epochs without rows. After a crash or
 * a failure that is retried, the last epoch arrives again, with the same rows, at a writer that was
 * opened for it. In {@link io.vellamo.api.query.OutputMode#COMPLETE}, the rows of an epoch are the
 * whole result, and epochs that do not change it do not arrive.
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
   * <p><b>Failure</b> After a {@link io.vellamo.api.RetryableException} the query closes this
   * writer, waits, opens the sink again and writes the epoch again, see {@link
   * io.vellamo.api.query.RetryPolicy}. Any other exception fails the query; a restart writes the
   * epoch again.
   *
   * @param rows the epoch's rows
   * @throws Exception if the rows can't be written
   */
  void write(EpochRows<? extends U> rows) throws Exception;

  /**
   * Returns numbers about this writer for the reports of epochs, such as the rows that it has
   * written. Each name means the same forever; a unit is part of the name. Counters begin with 0
   * when the sink is opened, also when a run opens it again after a failure.
   *
   * <p><b>Threading</b> Called after each epoch, by the thread that calls {@code write}. Must not
   * block.
   *
   * @return numbers by name; empty by default
   */
  default Map<String, Long> metrics() {
    return Map.of();
  }

  @Override
  void close();
}
