package io.vellamo.kafka;

import io.vellamo.api.VellamoException;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ShardWriter;

/** A writer without transactions, which waits until the brokers have all rows of an epoch. */
record AtLeastOnceWriter<U>(RowSender<U> sender, KafkaFailures failures) implements ShardWriter<U> {
  @Override
  public void write(EpochRows<? extends U> rows) throws InterruptedException {
    try {
      sender.send(rows);
      sender.producer().flush();
      sender.requireSent();
    } catch (InterruptedException | VellamoException e) {
      throw e;
    } catch (Exception e) {
      throw failures.of("write epoch [%d]".formatted(rows.epoch()), e);
    }
  }

  // Rows are visible as soon as the brokers have them.
  @Override
  public void commit(long epoch) {}

  @Override
  public void close() {
    sender.close();
  }
}
