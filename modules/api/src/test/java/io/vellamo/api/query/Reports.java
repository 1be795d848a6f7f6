package io.vellamo.api.query;

import io.vellamo.api.query.HotKeys.HotKey;
import io.vellamo.api.query.QueryHealth.Problem;
import io.vellamo.api.query.StreamingQueryListener.QueryIdle;
import io.vellamo.api.query.StreamingQueryListener.QueryOutageBegan;
import io.vellamo.api.query.StreamingQueryListener.QueryOutageEnded;
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
        List.of(operator(state)),
        List.of(
            new SourceProgress(
                "Memory",
                List.of(new OffsetRange(new SourcePartition("memory-0"), 10, 15)),
                Map.of("memory-0", 6L),
                Map.of("lag", 4L))),
        "Console",
        Map.of("rowsWritten", 9L, "lastWriteMillis", 2L),
        3,
        0,
        new EpochPhases(ms(1), ms(40), ms(160), Duration.ZERO, ms(50), ms(3)));
  }

  private static OperatorProgress operator(StateCounts state) {
    return new OperatorProgress(
        "flatMapGroupsWithState",
        5,
        1,
        2,
        3,
        state,
        88,
        ms(120),
        ms(30),
        new ShardSkew(2, 1.5, 1.25, 2),
        List.of(new ShardProgress(1, 5, 3, 4, 3, 96, 88, ms(120), ms(30))));
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
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
    Outage outage =
        new Outage(
            "Webhook[a]",
            NOON,
            3,
            NOON.plusSeconds(1),
            "io.vellamo.api.RetryableException",
            "refused");
    StreamingQueryException failure =
        new StreamingQueryException("counts", 7, "failed", new IllegalStateException("why"));
    HotKeys hotKeys = new HotKeys("visits", NOON, List.of(new HotKey("a", 40, 2, 0.5)), List.of());
    Problem problem =
        new Problem(
            QueryHealth.Kind.PARKED_GROUPS,
            QueryHealth.State.DEGRADED,
            Optional.empty(),
            "[1] group is parked");
    return List.of(
        progress(),
        progress().state(),
        progress().events(),
        progress().eventTime(),
        progress().phases(),
        progress().operators().get(0),
        progress().operators().get(0).skew(),
        progress().operators().get(0).shards().get(0),
        progress().sources().get(0),
        new HostedShards("pekko://shop@10.0.0.7:25520", Map.of("visits", List.of(0, 3))),
        new StreamingQueryStatus("Waiting for data to arrive", false, false),
        outage,
        new CallInProgress("the function of [visits] for group [a]", NOON, "thread-1"),
        new WatermarkReport(Optional.of(NOON), List.of(input)),
        input,
        newest,
        partition,
        new QueryStarted(ID, RUN, "counts", NOON),
        new QueryIdle(ID, RUN, "counts", NOON),
        new QueryOutageBegan(ID, RUN, "counts", outage),
        new QueryOutageEnded(ID, RUN, "counts", outage, Duration.ofSeconds(2)),
        new QueryTerminated(Optional.empty(), RUN, "counts", Optional.of(failure)),
        hotKeys,
        hotKeys.byEvents().get(0),
        new QueryHealth(QueryHealth.State.DEGRADED, NOON, List.of(problem)),
        problem,
        new BatchReport(EventCounts.NONE, 0, 0),
        new ParkedGroup("visits", 5L, 7, "java.lang.Error", Optional.empty(), 2));
  }
}
