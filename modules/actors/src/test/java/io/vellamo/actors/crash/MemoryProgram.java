package io.vellamo.actors.crash;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.foreach.Foreach;
import io.vellamo.connectors.rate.RateEvent;
import io.vellamo.connectors.rate.RateSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * A query in a small heap.
 *
 * <p>Arguments: the directory of its journal, the hosting, and {@code groups} to call 100,000
 * groups twice, or {@code hoard} for a function that takes all the memory there is. The exit code
 * is 0 if the query ends as it should.
 */
final class MemoryProgram {
  private static final int GROUPS = 100_000;

  private MemoryProgram() {}

  /** Runs the query to its end. */
  public static void main(String[] args) throws Exception {
    ActorSystem<Done> system =
        ActorSystem.create(Behaviors.empty(), "memory", config(Path.of(args[0]), args[1]));
    int exit;
    try {
      exit = args[2].equals("groups") ? manyGroups(system) : hoarding(system);
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
    System.exit(exit);
  }

  private static int manyGroups(ActorSystem<?> system) throws Exception {
    AtomicLong rows = new AtomicLong();
    StreamingQuery query =
        Vellamo.get(system)
            .query("groups")
            .from(RateSource.perSecond(50_000))
            .groupByKey(event -> event.value() % GROUPS)
            .flatMapGroupsWithState(
                OutputMode.UPDATE, GroupStateTimeout.NONE, Long.class, MemoryProgram::count)
            .to(Foreach.each(count -> rows.addAndGet(count == 2L ? 1 : 0)))
            .trigger(Trigger.asap())
            .start();
    while (rows.get() < GROUPS && !query.awaitTermination(Duration.ofMillis(100))) {
      // Each group has not been called twice.
    }
    query.stop();
    return rows.get() >= GROUPS ? 0 : 3;
  }

  private static Iterator<Long> count(
      long key, Iterator<RateEvent> events, GroupState<Long> state) {
    List<Long> counts = new ArrayList<>();
    while (events.hasNext()) {
      events.next();
      long count = state.optional().orElse(0L) + 1;
      state.update(count);
      counts.add(count);
    }
    return counts.iterator();
  }

  private static int hoarding(ActorSystem<?> system) throws Exception {
    StreamingQuery query =
        Vellamo.get(system)
            .query("hoard")
            .from(RateSource.perSecond(100))
            .groupByKey(event -> event.value() % 10)
            .flatMapGroupsWithState(
                OutputMode.UPDATE, GroupStateTimeout.NONE, Long.class, MemoryProgram::hoard)
            .to(Foreach.<Long>each(row -> {}))
            .start();
    try {
      return query.awaitTermination(Duration.ofSeconds(60)) ? 4 : 5;
    } catch (StreamingQueryException e) {
      System.out.println(e.getMessage());
      return String.valueOf(e.getMessage()).contains("java.lang.OutOfMemoryError") ? 0 : 6;
    }
  }

  private static Iterator<Long> hoard(
      long key, Iterator<RateEvent> events, GroupState<Long> state) {
    List<byte[]> all = new ArrayList<>();
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new byte[1 << 20]);
    }
    return List.of((long) all.size()).iterator();
  }

  private static Config config(Path directory, String hosting) {
    return ConfigFactory.parseString(
            """
            pekko.loglevel = ERROR
            vellamo.query.hosting = %s
            vellamo.journal.plugin = "vellamo.embedded-journal.journal"
            vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
            vellamo.embedded-journal.dir = "%s"
            vellamo.embedded-journal.sync = off
            """
                .formatted(hosting, directory))
        .withFallback(ConfigFactory.load());
  }
}
