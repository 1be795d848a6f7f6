package io.vellamo.connectors.foreach;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.sink.EpochRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Sinks that pass rows to user code one epoch at a time.
 *
 * <pre>{@code
 * query.to(ForeachBatch.sink((rows, epoch) -> database.replaceEpoch(epoch, rows)).idempotent());
 * }</pre>
 *
 * @since 0.1
 */
public final class ForeachBatch {
  private ForeachBatch() {}

  /**
   * Returns a sink.
   *
   * @param consumer the function that writes an epoch
   * @param <U> the rows
   * @return a sink that writes at least once
   */
  public static <U> ForeachSink<U> sink(BatchConsumer<U> consumer) {
    requireNonNull(consumer, "consumer");
    return new ForeachSink<>("ForeachBatch", rows -> consumer.accept(list(rows), rows.epoch()));
  }

  private static <U> List<U> list(EpochRows<? extends U> rows) {
    List<U> list = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      list.add(rows.row(i));
    }
    return Collections.unmodifiableList(list);
  }
}
