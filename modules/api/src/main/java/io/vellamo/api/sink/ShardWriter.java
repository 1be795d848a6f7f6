package io.vellamo.api.sink;

import java.util.Map;

/**
 * The writer of a range of shards, which writes the rows of an epoch in two steps: {@link #write}
 * stores them, {@link #commit} makes them visible. A sink whose writes are idempotent may make rows
 * visible in the first step, and has nothing to do in the second.
 *
 * <p><b>Order</b> For each epoch, in ascending order and including epochs without rows: {@code
 * write}, {@link #holds}, {@code commit}. No epoch is written before the preceding one is
 * committed.
 *
 * <ul>
 *   <li>{@code write} may come again for the same epoch, with the same rows, after a crash or after
 *       {@code holds} has returned false. The later call replaces what the earlier one has stored,
 *       unless the epoch is already committed.
 *   <li>{@code holds} and {@code commit} come again for the last committed epoch at the beginning
 *       of each run.
 *   <li>An epoch that was written may never be committed: then it is written again in the next run.
 * </ul>
 *
 * <p><b>Threading</b> Called by one thread at a time; need not be thread-safe. May block. The
 * writers of a query's other ranges are called at the same time.
 *
 * <p><b>Failure</b> After a {@link io.vellamo.api.RetryableException} from any method the query
 * closes this writer, waits, opens the range again as the same owner and makes the same call of the
 * new writer, see {@link io.vellamo.api.query.RetryPolicy}; other ranges go on. Any other exception
 * fails the query. What counts after a failure, and after a crash, is what a writer finds in its
 * store.
 *
 * @param <U> the row type
 * @since 0.1
 */
public interface ShardWriter<U> extends AutoCloseable {
  /**
   * Stores the rows of an epoch. All of the range's shards hold the epoch durably by then; shards
   * of other ranges may not.
   *
   * <p><b>Failure</b> The epoch is written again, after an outage or by the next run. A writer
   * whose owner is no longer the latest must throw.
   *
   * @param rows the rows of the range's shards
   * @throws Exception if the rows can't be written
   */
  void write(EpochRows<? extends U> rows) throws Exception;

  /**
   * Returns whether the store holds the rows of an epoch, committed or not, whose {@link #write}
   * has returned in this run or in an earlier one. If not, for instance because a transaction has
   * timed out, the rows are read from the shards and written again.
   *
   * <p>Once {@code commit} has returned, the shards go on and have the rows no more: a writer that
   * returns false for such an epoch is given it again without rows.
   *
   * @param epoch the last epoch that was written, of which all ranges are written
   * @return whether {@code commit} can make its rows visible; {@code true} unless overridden
   * @throws Exception if the store can't be asked
   */
  default boolean holds(long epoch) throws Exception {
    return true;
  }

  /**
   * Makes the rows of an epoch visible. The query has committed the epoch: all ranges are written,
   * and no run will write other rows for it.
   *
   * <p><b>Failure</b> The epoch stays committed; {@link #holds} is asked and the epoch committed
   * again, after an outage or by the next run. Only when this method has returned do the shards
   * forget the rows.
   *
   * @param epoch the epoch; has no effect if it is already committed
   * @throws Exception if it can't be committed
   */
  void commit(long epoch) throws Exception;

  /**
   * Returns numbers about this writer for the reports of epochs, such as the rows that it has
   * written. Each name means the same forever; a unit is part of the name. Counters begin with 0
   * when the sink is opened, also when a run opens it again after a failure.
   *
   * <p><b>Threading</b> Called after each epoch, by the thread that calls {@code write}. Must not
   * block.
   *
   * @return numbers by name, which are added up over the ranges, or their maximum if the name ends
   *     in {@code Millis}; empty by default
   */
  default Map<String, Long> metrics() {
    return Map.of();
  }

  @Override
  void close();
}
