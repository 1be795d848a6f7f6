package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.EventStream;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.EventSource;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about errors says what happens. */
final class ErrorsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final ActorSystem<Done> system =
      ActorSystem.create(
          Behaviors.empty(),
          "errors",
          ConfigFactory.parseString(
                  "pekko.persistence.journal.plugin = \"pekko.persistence.journal.inmem\"")
              .withFallback(ConfigFactory.load()));
  private final MemorySource<Click> clicks = MemorySource.create();
  private final AtomicBoolean broken = new AtomicBoolean(true);

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void deadLetter_asJson_isTheOneOfThePage(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("clicks.jsonl");
    String click = "{\"user\":\"anna\",\"time\":\"2026-01-01T12:00:00Z\",\"isBot\":%s}%n";
    Files.writeString(file, click.formatted(false) + click.formatted(true));

    counts(JsonLines.source(file, Click.class))
        .to(MemorySink.<Long>create())
        .onError(ErrorPolicy.deadLetter())
        .deadLettersTo(JsonLines.sink(directory.resolve("letters")))
        .trigger(Trigger.availableNow())
        .start()
        .awaitTermination();

    Path page =
        Stream.of("docs", "../docs")
            .map(Path::of)
            .filter(Files::exists)
            .findFirst()
            .orElseThrow()
            .resolve("guide/errors.md");
    String letter =
        onlyLine(directory)
            .replaceAll(" at io\\.vellamo\\.[^\"]*", " at com.acme.Visits.count(Visits.java:31)");
    assertThat(Files.readString(page)).contains("```json\n" + letter + "\n```");
  }

  @Test
  void redriven_groupGoesOn() throws Exception {
    MemorySink<Long> rows = MemorySink.create();
    clicks.add(new Click("anna", NOON, true));
    StreamingQuery query = counts(clicks).to(rows).onError(ErrorPolicy.park()).start();
    query.processAllAvailable();
    assertThat(rows.rows()).isEmpty();
    broken.set(false);

    redriveAll(query);

    query.processAllAvailable();
    assertThat(rows.rows()).containsExactly(1L);
    query.stop();
  }

  /** The wish as the page shows it. */
  private static void redriveAll(StreamingQuery query) {
    for (ParkedGroup group : query.parkedGroups().toCompletableFuture().join()) {
      query.redrive(group.key()).toCompletableFuture().join();
    }
  }

  /** The policy as the page shows it; compiled only. */
  static QueryBuilder withPolicy(EventStream<Session> sessions, RowSink<Session> sink) {
    return sessions
        .to(sink)
        .onError(ErrorPolicy.retry(3, Duration.ofSeconds(1)).thenDeadLetter())
        .deadLettersTo(JsonLines.sink(Path.of("dead-letters")))
        .trigger(Trigger.asap());
  }

  /** The retries as the page shows them; compiled only. */
  static QueryBuilder withRetries(EventStream<Session> sessions, RowSink<Session> sink) {
    return sessions
        .to(sink)
        .retry(
            RetryPolicy.of(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMinutes(10))
                .on(SQLTransientException.class))
        .trigger(Trigger.asap());
  }

  private EventStream<Long> counts(EventSource<Click> source) {
    return Vellamo.get(system)
        .query("counts")
        .from(source)
        .groupByKey(Click::user)
        .flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Long.class,
            (user, events, state) -> {
              while (events.hasNext()) {
                if (events.next().isBot() && broken.get()) {
                  throw new IllegalStateException("bots don't count");
                }
                state.update(state.optional().orElse(0L) + 1);
              }
              return List.of(state.get()).iterator();
            });
  }

  private static String onlyLine(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory.resolve("letters"))) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .map(ErrorsTest::read)
          .findFirst()
          .orElseThrow()
          .strip();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
