package io.vellamo.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.RetryableException;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sink that is written in ranges, with transactions of its own for each of them. */
final class KafkaRangesTest {
  private static final UUID ID = new UUID(1, 1);
  private static final ShardRange LOW = new ShardRange(0, 2);
  private static final ShardRange HIGH = new ShardRange(2, 4);

  private final KafkaBroker broker = KafkaBroker.shared();
  private String topic = "";

  @BeforeEach
  void createTopic() throws Exception {
    topic = broker.topic(1);
  }

  @Test
  void ranges_haveTheirOwnTransactionalIds_andMarkers() throws Exception {
    try (ShardWriter<String> low = open(LOW, 1, 0);
        ShardWriter<String> high = open(HIGH, 1, 0)) {
      write(low, 1, "a");
      write(high, 1, "b");
      high.commit(1);

      assertThat(marker("vellamo-q-" + topic + "-0")).isZero();
      assertThat(marker("vellamo-q-" + topic + "-2")).isEqualTo(1);
      low.commit(1);
      assertThat(marker("vellamo-q-" + topic + "-0")).isEqualTo(1);
    }
  }

  @Test
  void transactionThatTimedOut_beforeItsCommit_isWrittenAgain_andOnlyThatOne() throws Exception {
    ShardWriter<String> slow =
        open(sink().withProperty("transaction.timeout.ms", 1_000), LOW, 1, 0);
    ShardWriter<String> other = open(HIGH, 1, 0);
    write(slow, 1, "a");
    write(other, 1, "b");
    await().atMost(Duration.ofSeconds(20)).until(() -> isAborted("vellamo-q-" + topic + "-0"));
    other.commit(1);

    assertThatThrownBy(() -> slow.commit(1))
        .isInstanceOf(RetryableException.class)
        .hasMessageContaining("within [PT1S] (transaction.timeout.ms)");
    slow.close();
    assertThat(visible()).containsExactly("b");
    try (ShardWriter<String> again = open(LOW, 1, 1)) {
      assertThat(again.holds(1)).isFalse();
      write(again, 1, "a");
      again.commit(1);
    }
    other.close();

    assertThat(visible()).containsExactly("b", "a");
  }

  @Test
  void commitWhoseAnswerIsLost_isFoundByTheMarker() throws Exception {
    ShardWriter<String> before = open(LOW, 1, 0);
    write(before, 1, "a");
    before.commit(1);

    // The same run, after an outage.
    try (ShardWriter<String> again = open(LOW, 1, 1)) {
      assertThat(again.holds(1)).isTrue();
      again.commit(1);
    }
    before.close();

    assertThat(visible()).containsExactly("a");
  }

  @Test
  void epochWithoutRows_isHeldByItsWriter_withoutATransaction() throws Exception {
    try (ShardWriter<String> writer = open(LOW, 1, 0)) {
      write(writer, 1);
      assertThat(writer.holds(1)).isTrue();
      writer.commit(1);
    }

    assertThat(marker("vellamo-q-" + topic + "-0")).isZero();
    try (ShardWriter<String> after = open(LOW, 2, 1)) {
      assertThat(after.holds(1)).isFalse();
    }
  }

  @Test
  void markerThatKafkaHasForgotten_doesNotWriteTheLastEpochAgain() throws Exception {
    try (ShardWriter<String> before = open(LOW, 1, 0)) {
      write(before, 1, "a");
      before.commit(1);
    }
    try (Admin admin = broker.admin()) {
      admin.deleteConsumerGroups(List.of("vellamo-q-" + topic + "-0")).all().get();
    }

    try (ShardWriter<String> after = open(LOW, 2, 1)) {
      assertThat(after.holds(1)).isTrue();
    }
  }

  @Test
  void earlierRunThatOpensAgain_isRefused_withoutDisturbingTheLaterOne() throws Exception {
    open(LOW, 1, 0).close();
    try (ShardWriter<String> later = open(LOW, 2, 0)) {
      assertThatThrownBy(() -> open(LOW, 1, 0))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining(
              "must be opened by the latest run of query [q], but run [1] has been replaced by run"
                  + " [2]; let the other run go on");

      write(later, 1, "a");
      later.commit(1);
    }

    assertThat(visible()).containsExactly("a");
  }

  @Test
  void queryWithOneWriterSoFar_goesOnInRanges_afterItsLastEpoch() throws Exception {
    try (SinkWriter<String> former = sink().open(context(1, 0))) {
      former.write(new ListEpochRows<>("q", 1, List.of("a")));
      former.write(new ListEpochRows<>("q", 2, List.of("b", "c")));
    }

    // The journal had planned epoch 2, and lacks its commit.
    try (ShardWriter<String> low = open(LOW, 2, 1);
        ShardWriter<String> high = open(HIGH, 2, 1)) {
      write(low, 2, "b");
      write(high, 2, "c");
      low.commit(2);
      high.commit(2);
      write(low, 3, "d");
      low.commit(3);
    }

    assertThat(visible()).containsExactly("a", "b", "c", "d");
  }

  private KafkaSink<String> sink() {
    return KafkaSink.of(broker.servers(), topic, StringSerializer::new, row -> row);
  }

  private ShardWriter<String> open(ShardRange range, long owner, long committed) throws Exception {
    return open(sink(), range, owner, committed);
  }

  private static ShardWriter<String> open(
      KafkaSink<String> sink, ShardRange range, long owner, long committed) throws Exception {
    return sink.open(context(owner, committed), range, owner);
  }

  private static SinkContext context(long owner, long committed) {
    return new SinkContext("q", ID, committed, OutputMode.APPEND, owner);
  }

  private static void write(ShardWriter<String> writer, long epoch, String... rows)
      throws Exception {
    writer.write(new ListEpochRows<>("q", epoch, List.of(rows)));
  }

  private List<String> visible() {
    return new VisibleRows(broker, topic).values();
  }

  private long marker(String group) throws Exception {
    try (Admin admin = broker.admin()) {
      Map<TopicPartition, OffsetAndMetadata> stored =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return Objects.requireNonNull(stored.get(new TopicPartition(topic, 0))).offset();
    }
  }

  private boolean isAborted(String transactionalId) throws Exception {
    try (Admin admin = broker.admin()) {
      return admin
              .describeTransactions(List.of(transactionalId))
              .description(transactionalId)
              .get()
              .state()
          == TransactionState.COMPLETE_ABORT;
    }
  }
}
