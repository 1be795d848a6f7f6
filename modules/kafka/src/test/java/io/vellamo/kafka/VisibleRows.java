package io.vellamo.kafka;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The rows that a consumer with {@code read_committed} sees, while transactions may be open. */
record VisibleRows(KafkaBroker broker, String topic) {
  private static final Duration MOST = Duration.ofSeconds(30);

  List<String> values() {
    // The producer goes on before the topic has the end of its transaction.
    await().atMost(MOST).until(this::areNoneEnding);
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", broker.servers(),
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      // The first open transactions.
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<String> values = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }

  private boolean areNoneEnding() throws Exception {
    try (Admin admin = broker.admin()) {
      Set<TransactionState> ending =
          Set.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);
      return admin
          .listTransactions(new ListTransactionsOptions().filterStates(ending))
          .all()
          .get()
          .isEmpty();
    }
  }
}
