package io.vellamo.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.RetryableException;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.testkit.ListEpochRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

final class KafkaSinkTest {
  record Session(String user, int clicks) {}

  private static final UUID ID = new UUID(1, 1);

  private final KafkaBroker broker = KafkaBroker.shared();

  private KafkaSink<String> texts(String topic) {
    return KafkaSink.of(broker.servers(), topic, StringSerializer::new, row -> row);
  }

  private static <U> SinkWriter<U> open(RowSink<U> sink, UUID id, long committed) throws Exception {
    return sink.open(new SinkContext("q", id, committed));
  }

  private static <U> ShardWriter<U> openAll(KafkaSink<U> sink) throws Exception {
    return sink.open(new SinkContext("q", ID, 0), ShardRange.ALL, 1);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  private static <U> EpochRows<U> rows(long epoch, U... rows) {
    return new ListEpochRows<>("q", epoch, List.of(rows));
  }

  @Test
  void records_haveKeyTopicTimestampAndTheRowsId() throws Exception {
    String topic = broker.topic(1);
    String other = broker.topic(1);
    KafkaSink<Session> sink =
        KafkaSink.<Session>json(broker.servers(), topic)
            .withKey(Session::user)
            .withTopic(row -> row.clicks() > 1 ? other : topic)
            .withTimestamp(row -> Instant.ofEpochSecond(row.clicks()));

    try (SinkWriter<Session> writer = open(sink, ID, 0)) {
      writer.write(rows(1, new Session("a", 1), new Session("b", 2)));
    }

    ConsumerRecord<String, String> written = broker.committed(other).get(0);
    assertThat(broker.committedValues(topic)).containsExactly("{\"user\":\"a\",\"clicks\":1}");
    assertThat(written.value()).isEqualTo("{\"user\":\"b\",\"clicks\":2}");
    assertThat(written.key()).isEqualTo("b");
    assertThat(written.timestamp()).isEqualTo(2_000);
    assertThat(written.headers().lastHeader("vellamo-row-id").value())
        .isEqualTo(rows(1, "x", "y").id(1).toString().getBytes(UTF_8));
  }

  @Test
  void guarantee_dependsOnTransactions() {
    assertThat(texts("t").guarantee()).isEqualTo(SinkGuarantee.TRANSACTIONAL);
    assertThat(texts("t").atLeastOnce().guarantee()).isEqualTo(SinkGuarantee.AT_LEAST_ONCE);
    assertThat(texts("t").description()).isEqualTo("Kafka[t]");
  }

  @Test
  void earlierRun_isFencedByALaterOne() throws Exception {
    String topic = broker.topic(1);
    try (SinkWriter<String> first = open(texts(topic), ID, 0);
        SinkWriter<String> second = open(texts(topic), ID, 0)) {
      second.write(rows(1, "of the second"));

      assertThatThrownBy(() -> first.write(rows(1, "of the first")))
          .isInstanceOf(SinkException.class)
          .hasMessage(
              "Sink [Kafka[%s]] must be the only one that writes with transactional id [vellamo-q-%s], but another run of this query has taken it over; stop one of the two, or set another id with withTransactionalId"
                  .formatted(topic, topic));
    }

    assertThat(broker.committedValues(topic)).containsExactly("of the second");
  }

  @Test
  void otherQueryOfTheSameName_isNamedByItsId() throws Exception {
    String topic = broker.topic(1);
    UUID otherId = new UUID(2, 2);
    try (SinkWriter<String> first = open(texts(topic), ID, 0);
        SinkWriter<String> second = open(texts(topic), otherId, 0)) {
      second.write(rows(1, "of the second"));

      assertThatThrownBy(() -> first.write(rows(1, "of the first")))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("but the query of id [%s] has taken it over".formatted(otherId));
    }
  }

  @Test
  void queryStartedAnew_writesItsFirstEpochs() throws Exception {
    String topic = broker.topic(1);
    try (SinkWriter<String> former = open(texts(topic), ID, 0)) {
      former.write(rows(1, "a"));
      former.write(rows(2, "b"));
    }

    try (SinkWriter<String> writer = open(texts(topic), new UUID(3, 3), 0)) {
      writer.write(rows(1, "c"));
    }

    assertThat(broker.committedValues(topic)).containsExactly("a", "b", "c");
  }

  @Test
  void journalOlderThanTheTopic_isRefused() throws Exception {
    String topic = broker.topic(1);
    try (SinkWriter<String> writer = open(texts(topic), ID, 0)) {
      writer.write(rows(1, "a"));
      writer.write(rows(2, "b"));
    }

    assertThatThrownBy(() -> open(texts(topic), ID, 0))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "Epoch [1] must be the last one that sink [Kafka[%s]] holds of this query, but it holds epoch [2]; restore the journal that wrote it, or start the query under another name"
                .formatted(topic));
  }

  @Test
  void rowsSentWithoutCommit_areNotVisibleAndWrittenAgain() throws Exception {
    String topic = broker.topic(1);
    ShardWriter<String> first = openAll(texts(topic));
    first.write(rows(1, "a", "b"));

    try (SinkWriter<String> second = open(texts(topic), ID, 0)) {
      assertThat(broker.committedValues(topic)).isEmpty();
      second.write(rows(1, "a", "b"));
    }
    first.close();

    assertThat(broker.committedValues(topic)).containsExactly("a", "b");
  }

  @Test
  void transactionThatTimedOut_isRetryableAndWrittenAgain() throws Exception {
    String topic = broker.topic(1);
    KafkaSink<String> sink = texts(topic).withProperty("transaction.timeout.ms", 1_000);
    ShardWriter<String> slow = openAll(sink);
    slow.write(rows(1, "a"));
    await().atMost(Duration.ofSeconds(20)).until(() -> isAborted("vellamo-q-" + topic));

    assertThatThrownBy(() -> slow.commit(1))
        .isInstanceOf(RetryableException.class)
        .hasMessage(
            "Sink [Kafka[%s]] must be able to commit epoch [1] within [PT1S] (transaction.timeout.ms), but Kafka aborted the transaction; the epoch is written again"
                .formatted(topic));
    slow.close();
    assertThat(broker.committedValues(topic)).isEmpty();

    try (SinkWriter<String> again = open(sink, ID, 0)) {
      again.write(rows(1, "a"));
    }
    assertThat(broker.committedValues(topic)).containsExactly("a");
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

  @Test
  void rowThatCantBeWritten_leavesNothingOfItsEpoch() throws Exception {
    String topic = broker.topic(1);
    KafkaSink<String> sink = texts(topic).withKey(row -> row.substring(1));
    SinkWriter<String> writer = open(sink, ID, 0);

    assertThatThrownBy(() -> writer.write(rows(1, "good", "")))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "Row of class [java.lang.String] must be one that sink [Kafka[%s]] can write, failed with [StringIndexOutOfBoundsException]; correct the row, its serializer or mapper"
                .formatted(topic));
    writer.close();

    try (SinkWriter<String> corrected = open(texts(topic), ID, 0)) {
      assertThat(broker.committedValues(topic)).isEmpty();
      corrected.write(rows(1, "good", ""));
    }
    assertThat(broker.committedValues(topic)).containsExactly("good", "");
  }

  @Test
  void rowThatIsTooLarge_isNamed() throws Exception {
    String topic = broker.topic(1);
    for (KafkaSink<String> sink : List.of(texts(topic), texts(topic).atLeastOnce())) {
      try (SinkWriter<String> writer = open(sink.withProperty("max.request.size", 1_000), ID, 0)) {
        assertThatThrownBy(() -> writer.write(rows(1, "x".repeat(2_000))))
            .isInstanceOf(SinkException.class)
            .hasMessageEndingWith("failed with [RecordTooLargeException]; see the cause");
      }
    }
    assertThat(broker.committedValues(topic)).isEmpty();
  }

  @Test
  void missingTopic_isNamed() {
    assertThatThrownBy(() -> open(texts("missing"), ID, 0))
        .isInstanceOf(SinkException.class)
        .hasMessage(
            "Sink [Kafka[missing]] must be able to describe topic [missing], but there is no such"
                + " topic or partition; create it or correct the name");
  }

  @Test
  void wholeResult_needsAKey() {
    SinkContext context = new SinkContext("q", ID, 0, OutputMode.COMPLETE);

    assertThatThrownBy(() -> texts("t").open(context))
        .isInstanceOf(SinkException.class)
        .hasMessageStartingWith("Sink [Kafka[t]] must have a key in mode [COMPLETE]");
  }
}
