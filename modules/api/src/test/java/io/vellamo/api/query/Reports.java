package io.vellamo.api.query;

import io.vellamo.api.query.StreamingQueryListener.QueryIdle;
import io.vellamo.api.query.StreamingQueryListener.QueryStarted;
import io.vellamo.api.query.StreamingQueryListener.QueryTerminated;
import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import io.vellamo.api.query.StreamingQueryStatus.CallInProgress;
import io.vellamo.api.query.WatermarkReport.Input;
import io.vellamo.api.query.WatermarkReport.NewestEvent;
import io.vellamo.api.query.WatermarkReport.Partition;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reports of each kind. */
final class Reports {
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  static final UUID ID = new UUID(1, 2);
  static final UUID RUN = new UUID(3, 4);

  private Reports() {}

  static StreamingQueryProgress progress() {
    return progress("counts", Duration.ofMillis(250));
  }

  static StreamingQueryProgress progress(String name, Duration duration) {
    StateCounts state = new StateCounts(3, 2, 1, 0, 0, 96);
    return new StreamingQueryProgress(
        ID,
        RUN,
        name,
        7,
        NOON,
        duration,
        new EventCounts(4, 1, 0),
        new EventCounts(40, 1, 2),
        Optional.empty(),
        new EventTimeStats(Optional.of(NOON), Optional.of(NOON), Optional.empty(), 0),
        state,
        List.of(new OperatorProgress("flatMapGroupsWithState", 5, 1, 3, state)),
        List.of(
            new SourceProgress(
                "Memory",
                List.of(new OffsetRange(new SourcePartition("memory-0"), 10, 15)),
                Map.of("lag", 4L))),
        "Console",
        Map.of("rowsWritten", 9L, "lastWriteMillis", 2L),
        3,
        0);
  }

  /** Returns a report of each kind, nested ones included. */
  static List<JsonReport> all() {
    NewestEvent newest = new NewestEvent(NOON, "memory-0", 14, 7, NOON);
    Partition partition = new Partition("memory-0", Optional.of(NOON), false);
    Input input =
        new Input(
            "Memory",
            Optional.of(NOON),
            Duration.ofMinutes(20),
            Optional.of(newest),
            1,
            0,
            false,
            List.of(partition));
    StreamingQueryException failure =
        new StreamingQueryException("counts", 7, "failed", new IllegalStateException("why"));
    return List.of(
        progress(),
        progress().state(),
        progress().events(),
        progress().eventTime(),
        progress().operators().get(0),
        progress().sources().get(0),
        new StreamingQueryStatus("Waiting for data to arrive", false, false),
        new Outage(
            "Webhook[a]",
            NOON,
            3,
            NOON.plusSeconds(1),
            "io.vellamo.api.RetryableException",
            "refused"),
        new CallInProgress("the function of [visits] for group [a]", NOON, "thread-1"),
        new WatermarkReport(Optional.of(NOON), List.of(input)),
        input,
        newest,
        partition,
        new QueryStarted(ID, RUN, "counts", NOON),
        new QueryIdle(ID, RUN, "counts", NOON),
        new QueryTerminated(Optional.empty(), RUN, "counts", Optional.of(failure)),
        new BatchReport(EventCounts.NONE, 0, 0),
        new ParkedGroup("visits", 5L, 7, "java.lang.Error", Optional.empty(), 2));
  }
}
