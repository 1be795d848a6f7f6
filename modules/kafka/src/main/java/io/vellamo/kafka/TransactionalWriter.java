package io.vellamo.kafka;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkWriter;
import java.util.Map;

/** A writer that writes and commits an epoch in one transaction. */
record TransactionalWriter<U>(EpochTransaction<U> transaction) implements SinkWriter<U> {
  @Override
  public void write(EpochRows<? extends U> rows) throws InterruptedException {
    transaction.write(rows);
    transaction.commit(rows);
  }

  @Override
  public Map<String, Long> metrics() {
    return transaction.metrics();
  }

  @Override
  public void close() {
    transaction.close();
  }
}
