package io.vellamo.actors.crash;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.RowSink;
import io.vellamo.connectors.file.JsonLines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The query that is killed: counts the readings of each key in visits, and emits a running number
 * as well, so that an event applied twice or not at all shows in the rows.
 *
 * <p>Arguments: the directory, and, to be killed, a step and how often it is passed before.
 */
final class CrashProgram {
  /** An event. */
  record Reading(String key, Instant time, int value) {}

  /** State: a visit that is open, and how many events there were of the key in all. */
  record Visit(long events, long sum, long newestMillis, long everSeen) {
    static final Visit NONE = new Visit(0, 0, 0, 0);

    Visit plus(Reading reading) {
      return new Visit(
          events + 1,
          sum + reading.value,
          Math.max(newestMillis, reading.time.toEpochMilli()),
          everSeen + 1);
    }
  }

  /** A row. */
  record Closed(String key, long events, long sum, long everSeen) {}

  private static final Duration GAP = Duration.ofSeconds(5);

  private CrashProgram() {}

  /** Runs the query to its end, or to its crash. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    CrashPoint crash =
        args.length > 1
            ? new CrashPoint(CrashStep.valueOf(args[1]), Integer.parseInt(args[2]))
            : new CrashPoint(null, 0);
    ActorSystem<Done> system = ActorSystem.create(Behaviors.empty(), "crash", config(directory));
    try {
      start(system, directory, crash).awaitTermination();
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private static StreamingQuery start(ActorSystem<?> system, Path directory, CrashPoint crash) {
    WrittenShards written = new WrittenShards(system);
    Path input = directory.resolveSibling("input.jsonl");
    return Vellamo.get(system)
        .query("crash")
        .from(new CrashingSource<>(JsonLines.source(input, Reading.class), crash))
        .withWatermark(Reading::time, Duration.ofSeconds(60))
        .groupByKey(Reading::key)
        .<Visit, Closed>flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.EVENT_TIME,
            Visit.class,
            (key, events, state) -> {
              crash.pass(CrashStep.CALLING_GROUPS);
              crash.pass(CrashStep.SOME_SHARDS_WRITTEN, written::awaitOne);
              return visits(key, events, state);
            })
        .to(sink(directory.resolve("rows"), crash))
        .deadLettersTo(JsonLines.sink(directory.resolve("dead-letters")))
        .trigger(Trigger.drain())
        .maxEventsPerEpoch(Long.getLong("epoch", 200))
        .start();
  }

  private static RowSink<Closed> sink(Path rows, CrashPoint crash) {
    return Boolean.getBoolean("ranges")
        ? new RangeFiles<>(rows, CrashProgram::json, crash)
        : new CrashingSink<>(JsonLines.sink(rows), crash);
  }

  private static String json(Closed row) {
    return "{\"key\":\"%s\",\"events\":%d,\"sum\":%d,\"everSeen\":%d}"
        .formatted(row.key, row.events, row.sum, row.everSeen);
  }

  private static Iterator<Closed> visits(
      String key, Iterator<Reading> events, GroupState<Visit> state) {
    Visit visit = state.optional().orElse(Visit.NONE);
    if (state.hasTimedOut()) {
      state.update(new Visit(0, 0, 0, visit.everSeen));
      return List.of(new Closed(key, visit.events, visit.sum, visit.everSeen)).iterator();
    }
    while (events.hasNext()) {
      visit = visit.plus(events.next());
    }
    state.update(visit);
    Instant end = Instant.ofEpochMilli(visit.newestMillis).plus(GAP);
    Instant watermark = state.currentWatermark();
    state.setTimeoutTimestamp(end.isBefore(watermark) ? watermark : end);
    return List.<Closed>of().iterator();
  }

  /** Returns the configuration of a query whose journal is below a directory. */
  static Config config(Path directory) {
    return ConfigFactory.parseString(
            """
            pekko.loglevel = ERROR
            vellamo.query.shards = 4
            vellamo.query.sink-ranges = 2
            vellamo.journal.plugin = "vellamo.embedded-journal.journal"
            vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
            vellamo.journal.least-snapshot-size = 4 KiB
            vellamo.journal.max-record-size = 512
            vellamo.journal.max-write-size = 1 KiB
            vellamo.embedded-journal.dir = "%s"
            """
                .formatted(directory.resolve("journal")))
        .withFallback(ConfigFactory.load());
  }
}
