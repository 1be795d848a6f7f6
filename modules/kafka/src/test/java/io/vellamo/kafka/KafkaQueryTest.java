package io.vellamo.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.RowSink;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.kafka.InterruptedSink.Point;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole queries from topic to topic, on the embedded journal. */
final class KafkaQueryTest {
  /** An event with its number among all. */
  record Visit(String user, int number) {}

  private static final int VISITS = 200;

  private final KafkaBroker broker = KafkaBroker.shared();
  private final MemorySink<DeadLetter> letters = MemorySink.create();

  @TempDir private Path directory;

  private ActorSystem<Void> system() {
    Config config =
        ConfigFactory.parseString(
                """
                pekko.loglevel = OFF
                pekko.stdout-loglevel = OFF
                vellamo.query.shards = 4
                vellamo.query.sink-ranges = 2
                vellamo.journal.plugin = "vellamo.embedded-journal.journal"
                vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
                vellamo.embedded-journal.dir = "%s"
                """
                    .formatted(directory))
            .withFallback(ConfigFactory.load());
    return ActorSystem.create(Behaviors.empty(), "kafka", config);
  }

  private void writeVisits(String topic, int from, int until) throws Exception {
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    for (int i = from; i < until; i++) {
      String visit = "{\"user\":\"user-%d\",\"number\":%d}".formatted(i % 7, i);
      records.add(new ProducerRecord<>(topic, i % 3, null, visit));
    }
    broker.write(records);
  }

  private static List<String> numbers(int until) {
    return IntStream.range(0, until).mapToObj(String::valueOf).toList();
  }

  private StreamingQuery start(
      ActorSystem<Void> system, String input, RowSink<String> sink, Trigger trigger) {
    return Vellamo.get(system)
        .query("visits")
        .from(KafkaSource.of(broker.servers(), input).json(Visit.class))
        .groupByKey(Visit::user, String.class)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Integer.class,
            (user, visits, state) -> {
              List<String> rows = new ArrayList<>();
              while (visits.hasNext()) {
                state.update(state.optional().orElse(0) + 1);
                rows.add(String.valueOf(visits.next().number()));
              }
              return rows.iterator();
            })
        .to(sink)
        .deadLettersTo(letters)
        .maxEventsPerEpoch(20)
        .trigger(trigger)
        .start();
  }

  private KafkaSink<String> texts(String topic) {
    return KafkaSink.of(broker.servers(), topic, StringSerializer::new, row -> row);
  }

  @Test
  void queryThatEndsAtAnyPointOfAWrite_writesEachRowOnce() throws Exception {
    String input = broker.topic(3);
    String output = broker.topic(2);
    writeVisits(input, 0, VISITS);
    broker.write(input, 1, "no visit");
    List<Point> points = new ArrayList<>();
    for (Point point : Point.values()) {
      points.addAll(List.of(Point.NONE, point, point));
    }
    InterruptedSink<String> sink = InterruptedSink.of(texts(output), points);
    int failures = 0;
    boolean ended = false;

    while (!ended) {
      ActorSystem<Void> system = system();
      try {
        start(system, input, sink, Trigger.availableNow()).awaitTermination();
        ended = true;
      } catch (StreamingQueryException e) {
        assertThat(e).hasStackTraceContaining("ends on purpose");
        failures++;
      } finally {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
      }
    }

    // Two ranges can end a run at the same time.
    assertThat(failures).isBetween(4, 8);
    assertThat(broker.committedValues(output)).containsExactlyInAnyOrderElementsOf(numbers(VISITS));
    assertThat(letters.rows())
        .extracting(letter -> letter.position().orElseThrow().partition())
        .containsOnly(input + "-1");
  }

  @Test
  void brokerThatIsStoppedForAWhile_isWaitedFor_andNothingIsLostOrRepeated() throws Exception {
    String input = broker.topic(3);
    String output = broker.topic(2);
    writeVisits(input, 0, VISITS / 2);
    RowSink<String> sink =
        texts(output)
            .withProperty("max.block.ms", 2_000)
            .withProperty("request.timeout.ms", 1_000)
            .withProperty("default.api.timeout.ms", 2_000);
    ActorSystem<Void> system = system();
    try {
      StreamingQuery query = start(system, input, sink, Trigger.asap());
      query.processAllAvailable();
      broker.stop();
      await().atMost(Duration.ofMinutes(1)).until(() -> query.status().outage().isPresent());
      broker.start();
      writeVisits(input, VISITS / 2, VISITS);
      await().atMost(Duration.ofMinutes(1)).until(() -> query.status().outage().isEmpty());
      query.processAllAvailable();
      query.stop();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }

    assertThat(broker.committedValues(output)).containsExactlyInAnyOrderElementsOf(numbers(VISITS));
  }

  @Test
  void idleQuery_seesEachNewRecord() throws Exception {
    String input = broker.topic(3);
    String output = broker.topic(2);
    ActorSystem<Void> system = system();
    try {
      StreamingQuery query = start(system, input, texts(output), Trigger.asap());
      for (int i = 0; i < 20; i++) {
        writeVisits(input, i, i + 1);
        query.processAllAvailable();
      }
      query.stop();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }

    assertThat(broker.committedValues(output)).containsExactlyInAnyOrderElementsOf(numbers(20));
  }

  @Test
  void exampleOfThePage_countsClicks() throws Exception {
    String input = broker.topic(1);
    String output = broker.topic(1);
    broker.write(input, 0, "{\"user\":\"ada\",\"page\":\"/\"}", "{}x");
    ActorSystem<Void> system = system();
    try {
      StreamingQuery query =
          KafkaExample.count(Vellamo.get(system).query("clicks"), broker.servers(), input, output);
      query.processAllAvailable();
      query.stop();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }

    assertThat(broker.committedValues(output))
        .contains("{\"user\":\"ada\",\"count\":1}")
        .anyMatch(letter -> letter.startsWith("DeadLetter[" + input + "-0@1: "));
  }
}
