package io.vellamo.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.query.SourceProgress;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.connectors.memory.MemorySink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that change while a query reads them. */
final class ChangingTopicsTest {
  private final KafkaBroker broker = KafkaBroker.shared();
  private final MemorySink<String> rows = MemorySink.create();
  private final MemorySink<DeadLetter> letters = MemorySink.create();

  @TempDir private Path directory;
  private ActorSystem<Void> system;

  @BeforeEach
  void begin() {
    Config config =
        ConfigFactory.parseString(
                """
                pekko.loglevel = OFF
                pekko.stdout-loglevel = OFF
                vellamo.embedded-journal.dir = "%s"
                """
                    .formatted(directory))
            .withFallback(ConfigFactory.load());
    system = ActorSystem.create(Behaviors.empty(), "changing", config);
  }

  @AfterEach
  void end() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  private KafkaSource<String> strings(String topic) {
    return KafkaSource.of(broker.servers(), topic)
        .strings()
        .withDiscoveryInterval(Duration.ofMillis(100));
  }

  private StreamingQuery start(KafkaSource<?> source) {
    return Vellamo.get(system)
        .query("changing")
        .from(source)
        .map(String::valueOf)
        .to(rows)
        .deadLettersTo(letters)
        .start();
  }

  @Test
  void partitionsAddedWhileTheQueryIsIdle_areRead() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "a");
    StreamingQuery query = start(strings(topic));
    query.processAllAvailable();

    broker.addPartitions(topic, 3);
    broker.write(topic, 2, "new");

    await().untilAsserted(() -> assertThat(rows.rows()).containsExactly("a", "new"));
    query.stop();
  }

  @Test
  void entriesThatCantBeRead_areDeadLettersWithTopicPartitionAndOffset() throws Exception {
    String topic = broker.topic(2);
    broker.write(topic, 0, "8 bytes!", "short");
    broker.write(topic, 1, "8 bytes!", "8 bytes!", "far too long");
    StreamingQuery query =
        start(KafkaSource.of(broker.servers(), topic).values(LongDeserializer::new));
    query.processAllAvailable();
    query.stop();

    assertThat(rows.rows()).hasSize(3);
    assertThat(letters.rows())
        .extracting(letter -> letter.position().orElseThrow().toString())
        .containsExactlyInAnyOrder(topic + "-0@1", topic + "-1@2");
    assertThat(query.lastProgress().orElseThrow().total().deadLettered()).isEqualTo(2);
  }

  @Test
  void topicCreatedAgain_failsTheRunningQuery() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "a", "b");
    StreamingQuery query = start(strings(topic));
    query.processAllAvailable();

    broker.recreate(topic);
    broker.write(topic, 0, "c", "d", "e");

    StreamingQueryException failure =
        catchThrowableOfType(StreamingQueryException.class, query::awaitTermination);
    // Kafka may still be without the topic when the query looks.
    assertThat(failure)
        .cause()
        .message()
        .matches(
            "Partition \\[0] of topic \\[%s] must hold .* the topic was deleted and created again;.*|.*there is no such topic or partition; create it or correct the name"
                .formatted(topic));
    assertThat(rows.rows()).containsExactly("a", "b");
  }

  @Test
  void topicCreatedAgain_isReadFromItsBeginning_ifGapsAreAccepted() throws Exception {
    String topic = broker.topic(1);
    broker.write(topic, 0, "a", "b");
    StreamingQuery query = start(strings(topic).whenDataIsLost(WhenDataIsLost.CONTINUE));
    query.processAllAvailable();

    broker.deleteTopic(topic);
    await().until(() -> query.status().outage().isPresent());
    await().ignoreExceptions().until(() -> broker.topic(topic, 1, Map.of()).equals(topic));
    broker.write(topic, 0, "c", "d", "e");

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(rows.rows()).containsExactly("a", "b", "c", "d", "e"));
    query.stop();
    assertThat(letters.rows()).hasSize(1);
    assertThat(letters.rows().get(0).toString())
        .contains("records from offset [2] on must be read before Kafka deletes them");
  }

  @Test
  void progress_hasTheMetricsOfTheSource() throws Exception {
    String topic = broker.topic(2);
    broker.write(topic, 0, "a", "b", "c");
    StreamingQuery query = start(strings(topic));
    query.processAllAvailable();
    query.stop();

    List<SourceProgress> sources = query.lastProgress().orElseThrow().sources();
    assertThat(sources.get(0).metrics())
        .containsEntry("lag", 0L)
        .containsEntry("lag." + topic + "-0", 0L)
        .containsEntry("recordsRead", 3L);
    assertThat(query.lastProgress().orElseThrow().json()).contains("\"recordsRead\":3");
  }
}
