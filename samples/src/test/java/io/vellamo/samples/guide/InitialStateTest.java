package io.vellamo.samples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A query that takes over visits, as the guide shows it. */
final class InitialStateTest {
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
  void visitsOfAnotherSystem_goOnAndEnd() throws Exception {
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    Map<String, Visit> openVisits =
        Map.of("anna", new Visit(noon, noon, 3), "ben", new Visit(noon, noon, 5));
    MemorySource<Click> clicks = MemorySource.create();
    MemorySink<Session> sessions = MemorySink.create();
    StreamingQuery query =
        Vellamo.get(system)
            .query("sessions")
            .from(clicks)
            .withWatermark(Click::time, Duration.ofMinutes(20))
            .groupByKey(Click::user)
            .withInitialState(InitialState.of(Visit.class, openVisits))
            .flatMapGroupsWithState(
                OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, new Sessionize())
            .to(sessions)
            .start();

    clicks.add(new Click("anna", noon.plusSeconds(60), false));
    query.processAllAvailable();
    clicks.add(new Click("carl", noon.plus(Duration.ofHours(2)), false));
    query.processAllAvailable();

    assertThat(sessions.rows())
        .containsExactlyInAnyOrder(
            new Session("anna", noon, noon.plusSeconds(60), 4), new Session("ben", noon, noon, 5));
    query.stop();
  }
}
