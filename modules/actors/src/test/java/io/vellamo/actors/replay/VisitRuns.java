package io.vellamo.actors.replay;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.actors.replay.Visits.Click;
import io.vellamo.actors.replay.Visits.Open;
import io.vellamo.actors.replay.Visits.Visit;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.RunningShards;
import io.vellamo.replay.VerifyReport;
import io.vellamo.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;

/** A query of visits on the embedded journal, over as many actor systems as a test wants. */
final class VisitRuns {
  static final String NAME = "visits";
  static final long GAP = 10;
  static final String SNAPSHOT_OFTEN = "\nvellamo.journal.least-snapshot-size = 1";
  static final String KEEP_HISTORY = "\nvellamo.journal.history = all";
  static final String RECORD_INPUTS = "\nvellamo.journal.record-inputs = on";

  final MemorySource<Click> clicks = MemorySource.create();
  final MemorySink<Visit> visits = MemorySink.create();
  final ManualClock clock = ManualClock.at(Instant.ofEpochSecond(1_000_000));
  private final Path directory;

  VisitRuns(Path directory) {
    this.directory = directory;
  }

  /** An actor system. */
  final class Run implements AutoCloseable {
    private final ActorTestKit testKit;

    private Run(Config config) {
      testKit = ActorTestKit.create(config);
    }

    ActorSystem<?> system() {
      return testKit.system();
    }

    JournalReplay replay() {
      return JournalReplay.on(system());
    }

    /** Verifies the journal, and compares it with the running shards. */
    CompletionStage<VerifyReport> verifyRunning() {
      return verifyRunning(NAME);
    }

    CompletionStage<VerifyReport> verifyRunning(String query) {
      return replay().verify(query, Vellamo.get(system())::shardDigests);
    }

    StreamingQuery query() {
      return query(GAP);
    }

    StreamingQuery query(long gap) {
      return Vellamo.get(system())
          .query(NAME)
          .from(clicks)
          .withWatermark(click -> Instant.ofEpochSecond(click.second()), Duration.ofSeconds(5))
          .groupByKey(Click::user)
          .flatMapGroupsWithState(
              OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Open.class, new Visits(gap))
          .to(visits)
          .clock(clock)
          .start();
    }

    @Override
    public void close() {
      testKit.shutdownTestKit();
    }
  }

  /** Starts an actor system on the journal, with further settings. */
  Run start(String settings) {
    Config config =
        ConfigFactory.parseString(
                """
                pekko.loglevel = WARNING
                vellamo.query.shards = 2
                vellamo.journal.plugin = "vellamo.embedded-journal.journal"
                vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
                vellamo.embedded-journal { dir = "%s", sync = off }
                """
                        .formatted(directory)
                    + settings)
            .withFallback(ConfigFactory.load());
    return new Run(config);
  }

  /** Runs the clicks of one moment, a second of processing time later than the last. */
  void epoch(StreamingQuery query, Click... added) throws InterruptedException {
    clock.advance(Duration.ofSeconds(1));
    clicks.add(added);
    query.processAllAvailable();
  }

  /** Returns running shards with given digests. */
  static RunningShards running(ShardDigest... digests) {
    return query -> CompletableFuture.completedStage(List.of(digests));
  }

  static Click click(String user, long second) {
    return new Click(user, second);
  }
}
