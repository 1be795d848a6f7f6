package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.query.BatchReport;
import io.vellamo.api.query.EventCounts;
import io.vellamo.connectors.file.JsonLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch of the guide. */
final class BatchTest {
  private final ActorSystem<Done> system = ActorSystem.create(Behaviors.empty(), "guide");

  @TempDir private Path directory;

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void clicksOfAFolder_areOneVisitAUser() throws Exception {
    Path clicks = Files.createDirectory(directory.resolve("clicks"));
    Path visits = directory.resolve("visits");
    Files.writeString(
        clicks.resolve("1.jsonl"),
        """
        {"user":"anna","time":"2026-01-01T12:00:00Z","isBot":false}
        {"user":"ben","time":"2026-01-01T12:05:00Z","isBot":false}
        {"user":"anna","time":"2026-01-01T12:01:00Z","isBot":false}
        """);

    BatchReport report = visits(system, clicks, visits);

    assertThat(report).isEqualTo(new BatchReport(new EventCounts(3, 0, 0), 2, 2));
    assertThat(Files.readAllLines(visits.resolve("visits-0000000001.jsonl")))
        .anySatisfy(line -> assertThat(line).contains("anna").contains("\"clicks\":2"))
        .anySatisfy(line -> assertThat(line).contains("ben").contains("\"clicks\":1"));
  }

  private static BatchReport visits(ActorSystem<?> system, Path clicks, Path visits)
      throws InterruptedException {
    BatchReport report =
        Vellamo.get(system)
            .query("visits")
            .from(JsonLines.source(clicks, Click.class))
            .groupByKey(Click::user)
            .mapGroups((user, all) -> session(user, all))
            .to(JsonLines.sink(visits))
            .runBatch();
    return report;
  }

  private static Session session(String user, Iterator<Click> clicks) {
    Instant start = clicks.next().time();
    Instant end = start;
    int count = 1;
    for (; clicks.hasNext(); count++) {
      end = clicks.next().time();
    }
    return new Session(user, start, end, count);
  }
}
