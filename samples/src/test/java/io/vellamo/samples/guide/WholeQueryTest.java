package io.vellamo.samples.guide;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guide's whole query, driven step by step. */
final class WholeQueryTest {
  private final ActorSystem<Done> system =
      ActorSystem.create(
          Behaviors.empty(),
          "guide",
          ConfigFactory.parseString(
                  "pekko.persistence.journal.plugin = \"pekko.persistence.journal.inmem\"")
              .withFallback(ConfigFactory.load()));

  private final MemorySource<Click> clicks = MemorySource.create();
  private final MemorySink<Session> sessions = MemorySink.create();

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void session_openAtARestart_isEmittedOnceAfterIt() {
    Instant noon = Instant.parse("2026-01-01T12:00:00Z");
    Instant evening = noon.plus(Duration.ofHours(6));

    StreamingQueryHarness<Click, Session> query =
        StreamingQueryHarness.start(events -> clicks.addTo(0, events), sessions::rows, this::query);
    query.add(new Click("anna", noon, false)).expectNoRows().expectGroups(1);
    query.restart();
    query.add(new Click("ben", evening, false)).expectRows(new Session("anna", noon, noon, 1));
    query.restart().expectNoRows();
    query.close();
  }

  private QueryBuilder query(ManualClock clock) {
    return Vellamo.get(system)
        .query("sessions")
        .from(clicks)
        .withWatermark(Click::time, Duration.ofMinutes(20))
        .groupByKey(Click::user)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Visit.class, new Sessionize())
        .to(sessions)
        .clock(clock);
  }
}
