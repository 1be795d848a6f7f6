package io.vellamo.samples.guide;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.QueryStart;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.StreamingQueryHarness;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The guide's whole query, driven step by step. */
final class WholeQueryTest {
  private final MemorySource<Click> clicks = MemorySource.create();
  private final MemorySink<Session> sessions = MemorySink.create();

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

  private QueryBuilder query(QueryStart start) {
    return start
        .from(clicks)
        .withWatermark(Click::time, Duration.ofMinutes(20))
        .groupByKey(Click::user)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Visit.class, new Sessionize())
        .to(sessions);
  }
}
