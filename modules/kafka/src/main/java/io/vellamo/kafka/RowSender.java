package io.vellamo.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowId;
import io.vellamo.api.sink.WriteMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A producer that sends rows, and the first failure of a send. */
final class RowSender<U> implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final RowFormat<U> format;
  private final Producer<byte[], byte[]> producer;
  private final RowPart.@Nullable Open<U> key;
  private final RowPart.Open<U> value;
  private final KafkaFailures failures;
  private final WriteMeter meter = new WriteMeter();
  // Of the rows that were handed over last.
  private long bytes;
  // Set by the producer's thread.
  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();

  RowSender(RowFormat<U> format, Map<String, Object> properties, KafkaFailures failures) {
    this.format = format;
    this.failures = failures;
    this.key = format.key() == null ? null : format.key().open(properties, true);
    this.value = format.value().open(properties, false);
    this.producer = new KafkaProducer<>(properties);
  }

  Producer<byte[], byte[]> producer() {
    return producer;
  }

  /**
   * Counts the rows that were handed over last as written.
   *
   * @param since when the first was handed over, by {@link System#nanoTime}
   */
  void acknowledged(long count, long since) {
    meter.wrote(count, bytes, Duration.ofNanos(System.nanoTime() - since));
    bytes = 0;
  }

  Map<String, Long> metrics() {
    return meter.metrics();
  }

  /** Hands the rows of an epoch to the producer, which sends them in the background. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback receives the failure
  void send(EpochRows<? extends U> rows) {
    failed.set(null);
    bytes = 0;
    for (int i = 0; i < rows.size(); i++) {
      producer.send(
          encoded(rows.row(i), rows.id(i)),
          (metadata, failure) -> {
            if (failure != null) {
              failed.compareAndSet(null, failure);
            }
          });
    }
  }

  /** Throws the first failure of a send, if there is one. */
  void requireSent() throws Exception {
    Exception failure = failed.get();
    if (failure != null) {
      throw failure;
    }
  }

  private ProducerRecord<byte[], byte[]> encoded(U row, RowId id) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(KafkaSink.ROW_ID_HEADER, id.toString().getBytes(UTF_8));
    try {
      String topic = format.topic().apply(row);
      Function<? super U, Instant> timestamp = format.timestamp();
      byte[] keyBytes = key == null ? null : key.bytes(topic, headers, row);
      byte[] valueBytes = value.bytes(topic, headers, row);
      bytes +=
          (keyBytes == null ? 0 : keyBytes.length) + (valueBytes == null ? 0 : valueBytes.length);
      return new ProducerRecord<>(
          topic,
          null,
          timestamp == null ? null : (Long) timestamp.apply(row).toEpochMilli(),
          keyBytes,
          valueBytes,
          headers);
    } catch (RuntimeException e) {
      throw failures.lasting(
          "Row of class [%s] must be one that sink [%s] can write, failed with [%s]; correct the row, its serializer or mapper"
              .formatted(
                  row == null ? "null" : row.getClass().getName(),
                  failures.description(),
                  e.getClass().getSimpleName()),
          e);
    }
  }

  /** Closes the producer without waiting for its sends. */
  void abandon() {
    close(Duration.ZERO);
  }

  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  private void close(Duration timeout) {
    producer.close(timeout);
    value.close();
    if (key != null) {
      key.close();
    }
  }
}
