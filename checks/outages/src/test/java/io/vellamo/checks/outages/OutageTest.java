package io.vellamo.checks.outages;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.servers.PostgreSqlExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queries that write to Kafka, PostgreSQL, Cassandra and an HTTP endpoint, all of which are down
 * for half a minute, and whose process is killed before, in and after the outage, leave what
 * undisturbed ones leave.
 *
 * <p>The seed is in every message; {@code -Dseed=N} repeats a run, {@code -Dseeds=N} makes N runs.
 */
@ExtendWith(PostgreSqlExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
final class OutageTest {
  private static final long FIRST_SEED = Long.getLong("seed", 42);
  private static final long SEEDS = Long.getLong("seeds", 1);
  private static final Duration OUTAGE = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
  private final List<TestedSystem> systems = new ArrayList<>();
  // Set before the first test.
  private KafkaTopics kafka = uninitialized();
  private PostgreSqlTables postgreSql = uninitialized();
  private CassandraTable cassandra = uninitialized();
  private HttpEndpoint http = uninitialized();

  static LongStream seeds() {
    return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
  }

  @BeforeAll
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void startSystems() throws Exception {
    CompletableFuture<CassandraTable> slowest = inBackground(CassandraTable::start);
    CompletableFuture<PostgreSqlTables> slower = inBackground(PostgreSqlTables::start);
    kafka = KafkaTopics.start();
    http = HttpEndpoint.start();
    postgreSql = slower.join();
    cassandra = slowest.join();
    systems.addAll(List.of(kafka, postgreSql, cassandra, http));
  }

  @AfterAll
  void closeSystems() throws Exception {
    ticks.shutdownNow();
    threads.shutdownNow();
    for (TestedSystem system : systems) {
      system.close();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void queriesKilledAroundAnOutage_leaveTheUndisturbedRows(long seed, @TempDir Path directory)
      throws Exception {
    Addresses addresses =
        new Addresses(
            directory,
            "s" + seed,
            kafka.brokers(),
            postgreSql.url(),
            cassandra.port(),
            http.port());
    for (TestedSystem system : systems) {
      system.prepare(addresses);
    }
    SplittableRandom random = new SplittableRandom(seed);
    InputFeed feed = new InputFeed(random.split(), addresses.visits(), systems);
    OutageRun run = OutageRun.start(addresses);
    try {
      disturb(run, feed, random, seed);
      List<VisitTotal> undisturbed = VisitTotal.undisturbed(feed.finish());
      for (TestedSystem system : systems) {
        run.await(
            "after the outage, with seed [%d]".formatted(seed),
            "all rows of [%s]".formatted(system.name()),
            () -> Set.copyOf(system.rows()).size() >= undisturbed.size());
      }
      run.end();
      for (TestedSystem system : systems) {
        assertRows(system, undisturbed, seed);
      }
    } finally {
      run.kill();
    }
  }

  private void disturb(OutageRun run, InputFeed feed, SplittableRandom random, long seed)
      throws Exception {
    ScheduledFuture<?> feeding = ticks.scheduleWithFixedDelay(feed, 0, 100, TimeUnit.MILLISECONDS);
    try {
      killBeforeTheOutage(run, random, "before the outage, with seed [%d]".formatted(seed));
      killInTheOutage(run, feed, random, "in the outage, with seed [%d]".formatted(seed));
      killAfterTheOutage(run, feed, random, "after the outage, with seed [%d]".formatted(seed));
    } finally {
      feeding.cancel(false);
    }
  }

  private KillPoint killPoint(SplittableRandom random) {
    return KillPoint.random(systems.stream().map(TestedSystem::name).toList(), random);
  }

  private void killBeforeTheOutage(OutageRun run, SplittableRandom random, String when)
      throws Exception {
    run.awaitStarted(when);
    run.killAfterAndAt(random.nextLong(3_000), killPoint(random), when);
    run.killAfterAndAt(random.nextLong(4_000), killPoint(random), when);
    run.awaitStarted(when);
  }

  private void killInTheOutage(OutageRun run, InputFeed feed, SplittableRandom random, String when)
      throws Exception {
    List<TestedSystem> order = new ArrayList<>(systems);
    Collections.shuffle(order, new Random(random.nextLong()));
    for (TestedSystem system : order) {
      feed.stop(system);
    }
    long stopped = System.nanoTime();
    Set<String> names = systems.stream().map(TestedSystem::name).collect(Collectors.toSet());
    run.awaitOutages(names, when);
    run.killAfter(random.nextLong(2_000), when);
    run.killAfter(random.nextLong(8_000), when);
    run.awaitOutages(names, when);
    run.await(
        when, "the time of the outage", () -> System.nanoTime() - stopped >= OUTAGE.toNanos());
  }

  private void killAfterTheOutage(
      OutageRun run, InputFeed feed, SplittableRandom random, String when) throws Exception {
    List<CompletableFuture<?>> returning = new ArrayList<>();
    for (TestedSystem system : systems) {
      returning.add(
          inBackground(
              () -> {
                feed.restart(system);
                return system;
              }));
    }
    run.killAfterAndAt(random.nextLong(10_000), killPoint(random), when);
    returning.forEach(CompletableFuture::join);
    run.killAfterAndAt(random.nextLong(5_000), killPoint(random), when);
  }

  private static void assertRows(TestedSystem system, List<VisitTotal> undisturbed, long seed)
      throws Exception {
    List<String> rows = system.rows();
    List<String> expected = undisturbed.stream().map(VisitTotal::text).toList();
    String what = "rows of [%s] with seed [%d]".formatted(system.name(), seed);
    assertThat(without(rows, expected)).as("surplus " + what).isEmpty();
    assertThat(without(expected, rows)).as("missing " + what).isEmpty();
    if (system.keepsOrder()) {
      assertThat(byVisitor(rows)).as("order of the " + what).isEqualTo(byVisitor(expected));
    }
  }

  /** Returns what is left of a list if each element of another is taken away once. */
  private static List<String> without(List<String> all, List<String> taken) {
    Map<String, Integer> counts = new HashMap<>();
    taken.forEach(row -> counts.merge(row, 1, Integer::sum));
    return all.stream().filter(row -> counts.merge(row, -1, Integer::sum) < 0).toList();
  }

  private static Map<String, List<String>> byVisitor(List<String> rows) {
    return rows.stream().collect(Collectors.groupingBy(row -> row.substring(0, row.indexOf(','))));
  }

  private <T> CompletableFuture<T> inBackground(Callable<T> task) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return task.call();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        threads);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // set before the first test
  private static <T> T uninitialized() {
    return null;
  }
}
