package io.vellamo.cluster.read;

import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.calls.BlockingThreads;
import io.vellamo.actors.io.ShareRequest;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.cluster.checks.PlannedQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;

/** A node with the definition of a query, whose source has two partitions of two events each. */
final class ReadFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final Duration SILENCE = Duration.ofMillis(600);
  static final int SHARDS = 4;

  final ActorTestKit kit =
      ActorTestKit.create(
          "nodes",
          ConfigFactory.parseString(
                  """
                  pekko.loglevel = ERROR
                  pekko.actor { provider = cluster, allow-java-serialization = off }
                  pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                  pekko.coordinated-shutdown.exit-jvm = off
                  """)
              .withFallback(ConfigFactory.load()));
  final WatchedSource source = new WatchedSource();
  final ManualClock clock = ManualClock.at(Instant.ofEpochSecond(1_000));
  final ReaderHost host;

  ReadFixture() {
    source.events.addTo(0, List.of("a", "b"));
    source.events.addTo(1, List.of("c", "d"));
    host =
        new ReaderHost(
            kit.system(),
            PlannedQuery.spec(
                "read",
                clock,
                query ->
                    query
                        .from(source)
                        .groupByKey(word -> word)
                        .mapGroupsWithState(
                            GroupStateTimeout.NONE, String.class, (word, events, state) -> word)
                        .to(MemorySink.create())),
            BlockingThreads.of(BlockingThreads.Kind.PLATFORM, (thread, failure) -> {}));
  }

  /** Returns the plan of an epoch that reads everything. */
  static EpochPlan plan(long epoch) {
    return new EpochPlan(
        List.of(range(0), range(1)), new EpochTimes(epoch, 1_000, Watermark.NONE, Watermark.NONE));
  }

  private static OffsetRange range(int partition) {
    return new OffsetRange(new SourcePartition("memory-" + partition), 0, 2);
  }

  /** Returns the request to read an epoch. */
  static ToReader.Read read(long run, long epoch, long attempt, ActorRef<FromReader> link) {
    return new ToReader.Read(
        run,
        new ShareRequest(EpochShare.whole(plan(epoch)), attempt, SHARDS, true, Offsets.none()),
        link);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
