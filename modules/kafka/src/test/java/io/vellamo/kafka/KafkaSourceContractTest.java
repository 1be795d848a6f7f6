package io.vellamo.kafka;

import io.vellamo.api.source.EventSource;
import io.vellamo.testkit.ManualClock;
import io.vellamo.testkit.contract.SourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Nested;

final class KafkaSourceContractTest {
  private final KafkaBroker broker = KafkaBroker.shared();
  private String topic = "";
  private int added;

  private String next() {
    return "{\"number\":%d}".formatted(added++);
  }

  private void write(int count, int partitions) throws Exception {
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(new ProducerRecord<>(topic, added % partitions, null, next()));
    }
    broker.write(records);
  }

  record Count(int number) {}

  /** The laws read ranges again, which waits for a fetch that is in flight: half a second each. */
  private EventSource<Count> source() {
    return KafkaSource.of(broker.servers(), topic)
        .json(Count.class)
        .withProperty("fetch.max.wait.ms", 20);
  }

  @Nested
  final class OnePartition extends SourceContract<Count> {
    @Override
    protected EventSource<Count> createSource(ManualClock clock) throws Exception {
      topic = broker.topic(1);
      return source();
    }

    @Override
    protected void addEvents(int count) throws Exception {
      write(count, 1);
    }
  }

  @Nested
  final class ThreePartitions extends SourceContract<Count> {
    @Override
    protected EventSource<Count> createSource(ManualClock clock) throws Exception {
      topic = broker.topic(3);
      return source();
    }

    @Override
    protected void addEvents(int count) throws Exception {
      write(count, 3);
    }
  }

  /** Each transaction leaves a marker, so that offsets have gaps; every other one is aborted. */
  @Nested
  final class Transactions extends SourceContract<Count> {
    @Override
    protected EventSource<Count> createSource(ManualClock clock) throws Exception {
      topic = broker.topic(2);
      return source();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the commit waits for all records
    protected void addEvents(int count) throws Exception {
      try (KafkaProducer<String, String> producer =
          broker.producer(Map.of("transactional.id", topic))) {
        producer.initTransactions();
        for (int i = 0; i < count; i++) {
          producer.beginTransaction();
          producer.send(new ProducerRecord<>(topic, i % 2, null, next()));
          producer.commitTransaction();
          producer.beginTransaction();
          producer.send(new ProducerRecord<>(topic, i % 2, null, "aborted"));
          producer.flush();
          producer.abortTransaction();
        }
      }
    }
  }
}
