package io.vellamo.persistence.message;

import static java.util.Map.entry;

import io.vellamo.api.query.EpochPhases;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.EventTimeStats;
import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.HotKeys.HotKey;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.Outage;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.ShardSkew;
import io.vellamo.api.query.SourceProgress;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.StreamingQueryProgress.StateCounts;
import io.vellamo.api.query.WatermarkReport;
import io.vellamo.api.query.WatermarkReport.Input;
import io.vellamo.api.query.WatermarkReport.NewestEvent;
import io.vellamo.api.query.WatermarkReport.Partition;
import io.vellamo.engine.protocol.query.QueryNews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** News of every kind, by the name of its golden file. */
final class SampleNews {
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000000001Z");
  private static final Duration LASTED = Duration.ofSeconds(-1, 250_000_000);
  private static final Outage OUTAGE =
      new Outage("Webhook[ä]", NOON, 3, NOON.plusSeconds(1), "java.io.IOException", "refused");

  static final Map<String, QueryNews> ALL =
      Map.ofEntries(
          entry("1-started", new QueryNews.Started(ID)),
          entry("2-status", new QueryNews.Status("Processing new data", true, false)),
          entry("3-progress", new QueryNews.Progress(progress())),
          entry("4-watermark-moved", new QueryNews.WatermarkMoved(watermark())),
          entry("5-idle", new QueryNews.Idle()),
          entry("6-clock-behind", new QueryNews.ClockBehind(NOON, NOON.plusSeconds(300))),
          entry("7-clock-caught-up", new QueryNews.ClockCaughtUp(NOON)),
          entry("8-call-failed", new QueryNews.CallFailed(OUTAGE)),
          entry("9-outage-ended", new QueryNews.OutageEnded(OUTAGE, LASTED)),
          entry(
              "10-shard-restarting",
              new QueryNews.ShardRestarting(300, "totals", "fenced", LASTED)),
          entry("11-hot-keys-found", new QueryNews.HotKeysFound(List.of(hotKeys()))));

  private SampleNews() {}

  private static HotKeys hotKeys() {
    return new HotKeys(
        "totals",
        NOON,
        List.of(new HotKey("Oulu \u00e4", 300, 2, 0.5), new HotKey("Vaasa", 129, 0, 0.25)),
        List.of(new HotKey("Oulu \u00e4", 1_000_000, 0, 1)));
  }

  static StreamingQueryProgress progress() {
    StateCounts state = new StateCounts(3, 2, 1, 4, 300, 96);
    return new StreamingQueryProgress(
        ID,
        new UUID(1, 2),
        "counts",
        129,
        NOON,
        LASTED,
        new EventCounts(4, 1, 0),
        new EventCounts(40, 1, 2),
        Optional.empty(),
        new EventTimeStats(Optional.of(NOON), Optional.of(NOON), Optional.empty(), 5),
        state,
        List.of(operator(state)),
        List.of(
            new SourceProgress(
                "Memory", SampleMessages.RANGES, Map.of("memory-0", 300L), Map.of("lag", -4L))),
        "Console",
        Map.of("rowsWritten", 9L, "lastWriteMillis", 300L),
        3,
        6,
        new EpochPhases(LASTED, LASTED.plusNanos(1), LASTED, Duration.ZERO, LASTED, LASTED));
  }

  private static OperatorProgress operator(StateCounts state) {
    Duration call = Duration.ofNanos(1_234_567);
    return new OperatorProgress(
        "totals",
        5,
        1,
        2,
        3,
        state,
        300,
        call,
        Duration.ofMillis(2),
        new ShardSkew(2, 1.5, 0, 1),
        List.of(new ShardProgress(129, 5, 3, 4, 2, 300, 129, call, Duration.ZERO)));
  }

  private static WatermarkReport watermark() {
    Input input =
        new Input(
            "Memory",
            Optional.of(NOON),
            Duration.ofMinutes(20),
            Optional.of(new NewestEvent(NOON, "memory-0", 14, 7, NOON)),
            1,
            300,
            true,
            List.of(new Partition("memory-0", Optional.of(NOON), false)));
    return new WatermarkReport(Optional.of(NOON), List.of(input));
  }
}
