package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.file.JsonLines;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first query of the guide does what the guide says. */
final class FirstQueryTest {
  private final ActorSystem<Done> system =
      ActorSystem.create(
          Behaviors.empty(),
          "guide",
          ConfigFactory.parseString(
                  "pekko.persistence.journal.plugin = \"pekko.persistence.journal.inmem\"")
              .withFallback(ConfigFactory.load()));

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void clicks_withAPauseLongerThanTheGap_areTwoSessions() throws Exception {
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    MemorySource<Click> clicks = MemorySource.create();
    MemorySink<Session> sessions = MemorySink.create();
    StreamingQuery query =
        Vellamo.get(system)
            .query("sessions")
            .from(clicks)
            .withWatermark(Click::time, Duration.ofMinutes(20))
            .groupByKey(Click::user)
            .flatMapGroupsWithState(
                OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Visit.class, new Sessionize())
            .to(sessions)
            .start();

    clicks.add(new Click("anna", noon, false));
    query.processAllAvailable();
    assertThat(sessions.rows()).isEmpty();
    clicks.add(new Click("anna", noon.plusSeconds(60), false));
    query.processAllAvailable();
    clicks.add(new Click("ben", noon.plus(Duration.ofHours(2)), false));
    query.processAllAvailable();

    assertThat(sessions.rows()).containsExactly(new Session("anna", noon, noon.plusSeconds(60), 2));
    query.stop();
  }

  /** The query as README and guide show it; compiled, not run, as it has no end. */
  static void fromFiles(ActorSystem<?> system) throws InterruptedException {
    StreamingQuery query =
        Vellamo.get(system)
            .query("sessions")
            .from(JsonLines.source(Path.of("clicks"), Click.class))
            .filter(click -> !click.isBot())
            .withWatermark(Click::time, Duration.ofMinutes(20))
            .groupByKey(Click::user)
            .flatMapGroupsWithState(
                OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Visit.class, new Sessionize())
            .to(JsonLines.sink(Path.of("sessions")))
            .trigger(Trigger.processingTime(Duration.ofSeconds(1)))
            .start();
    query.awaitTermination();
  }
}
