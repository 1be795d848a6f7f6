package io.vellamo.kafka;

import io.vellamo.api.VellamoException;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkWriter;
import java.util.Map;

/** A writer without transactions, which waits until the brokers have all rows of an epoch. */
record AtLeastOnceWriter<U>(RowSender<U> sender, KafkaFailures failures) implements SinkWriter<U> {
  @Override
  public void write(EpochRows<? extends U> rows) throws InterruptedException {
    long begun = System.nanoTime();
    try {
      sender.send(rows);
      sender.producer().flush();
      sender.requireSent();
      sender.acknowledged(rows.size(), begun);
    } catch (InterruptedException | VellamoException e) {
      throw e;
    } catch (Exception e) {
      throw failures.of("write epoch [%d]".formatted(rows.epoch()), e);
    }
  }

  @Override
  public Map<String, Long> metrics() {
    return sender.metrics();
  }

  @Override
  public void close() {
    sender.close();
  }
}
