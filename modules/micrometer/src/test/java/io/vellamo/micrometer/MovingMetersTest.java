package io.vellamo.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The meters of a query that lags, has an outage, parks a group and drops a late event. */
final class MovingMetersTest {
  /** An event. */
  record Visit(String user, Instant time) {}

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String BAD = "bad";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MemorySource<Visit> visits = MemorySource.create();
  private final OutageSink sink = new OutageSink();
  // All values that a meter had when the test looked.
  private final Map<String, Set<Double>> seen = new TreeMap<>();
  private volatile boolean isBadFixed;
  private ActorSystem<Void> system;

  @TempDir private Path directory;

  @BeforeEach
  void start() {
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "moving",
            ConfigFactory.parseString(
                    """
                    pekko.loglevel = OFF
                    vellamo.query.shards = 4
                    vellamo.embedded-journal.dir = "%s"
                    """
                        .formatted(directory.toString().replace('\\', '/')))
                .withFallback(ConfigFactory.load()));
    VellamoMeters.bind(Vellamo.get(system).queries(), registry);
  }

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void eachMeter_moves() throws Exception {
    StreamingQuery query = count(ErrorPolicy.park());
    expect(QueryMeter.OUTAGES, 0);

    sink.failFrom(2);
    visits.addTo(0, Stream.of("a", "a", "b", "c", "a", "d", "a", "e").map(this::atNoon).toList());
    expect(QueryMeter.OUTAGES, 1);
    await().atMost(PATIENCE).until(() -> value(QueryMeter.LAG) > 0);
    look();
    sink.workAgain();
    query.processAllAvailable();
    expect(QueryMeter.EVENTS, 8, "processed");
    expect(QueryMeter.LAG, 0);
    assertThat(value(QueryMeter.RETRIES)).isPositive();

    double gap = value(QueryMeter.WATERMARK_GAP);
    commit(query, new Visit("a", NOON.plus(Duration.ofDays(1))));
    commit(query, new Visit("a", NOON.plus(Duration.ofDays(1))));
    await().atMost(PATIENCE).until(() -> value(QueryMeter.WATERMARK_GAP) < gap - 80_000);
    commit(query, atNoon("late"));
    expect(QueryMeter.EVENTS, 1, "late");

    commit(query, new Visit(BAD, NOON.plus(Duration.ofDays(2))));
    commit(query, new Visit(BAD, NOON.plus(Duration.ofDays(2))));
    expect(QueryMeter.PARKED, 1);
    expect(QueryMeter.WAITING, 2);
    isBadFixed = true;
    assertThat(query.redrive(BAD).toCompletableFuture().join()).isTrue();
    query.processAllAvailable();
    expect(QueryMeter.PARKED, 0);
    expect(QueryMeter.WAITING, 0);

    query.stop();
    expect(QueryMeter.HEALTH, 0.5);
    assertThat(seen.keySet().stream().map(MovingMetersTest::id).distinct())
        .containsExactlyInAnyOrder(
            Stream.of(QueryMeter.values()).map(QueryMeter::id).toArray(String[]::new));
    seen.remove("vellamo.events dead_lettered");
    assertThat(seen)
        .allSatisfy((meter, values) -> assertThat(values).as(meter).hasSizeGreaterThan(1));
  }

  @Test
  void deadLetters_areCountedByTheirOutcome() throws Exception {
    StreamingQuery query = count(ErrorPolicy.deadLetter());
    expect(QueryMeter.EVENTS, 0, "dead_lettered");

    commit(query, atNoon(BAD));

    expect(QueryMeter.EVENTS, 1, "dead_lettered");
  }

  private StreamingQuery count(ErrorPolicy policy) {
    return Vellamo.get(system)
        .query("counts")
        .from(visits)
        .withWatermark(Visit::time, Duration.ZERO)
        .groupByKey(Visit::user)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.EVENT_TIME, Long.class, this::count)
        .named("count")
        .to(sink)
        .maxEventsPerEpoch(2)
        .onError(policy)
        .start();
  }

  private Iterator<String> count(String user, Iterator<Visit> events, GroupState<Long> state) {
    if (user.equals(BAD) && !isBadFixed) {
      throw new IllegalStateException("no such user");
    }
    long count = state.optional().orElse(0L);
    while (events.hasNext()) {
      events.next();
      count++;
    }
    state.update(count);
    return List.of(user + count).iterator();
  }

  private Visit atNoon(String user) {
    return new Visit(user, NOON);
  }

  private void commit(StreamingQuery query, Visit visit) throws InterruptedException {
    visits.add(visit);
    query.processAllAvailable();
    long epoch = query.lastProgress().orElseThrow().epoch();
    // Listeners are told on a thread of their own.
    expect(QueryMeter.EPOCH, (double) epoch);
  }

  private void expect(QueryMeter meter, double value, String... tagValues) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(value(meter, tagValues)).as(meter.id()).isEqualTo(value));
    look();
  }

  /** Notes the values of all meters. */
  private void look() {
    for (Meter meter : registry.getMeters()) {
      List<String> tags =
          meter.getId().getTags().stream()
              .map(Tag::getValue)
              .filter(tag -> !Set.of("counts", "count", "Memory", "memory-0").contains(tag))
              .toList();
      seen.computeIfAbsent(
              String.join(
                  " ", Stream.concat(Stream.of(meter.getId().getName()), tags.stream()).toList()),
              none -> new TreeSet<>())
          .add(value(meter));
    }
  }

  private static String id(String seen) {
    return seen.replaceAll(" .*", "");
  }

  /** Returns the number of a meter that is registered; a timer's count. NaN if it is not. */
  private double value(QueryMeter meter, String... tagValues) {
    return registry.find(meter.id()).meters().stream()
        .filter(
            each ->
                each.getId().getTags().stream()
                    .map(Tag::getValue)
                    .toList()
                    .containsAll(List.of(tagValues)))
        .findFirst()
        .map(MovingMetersTest::value)
        .orElse(Double.NaN);
  }

  private static double value(Meter meter) {
    return meter.measure().iterator().next().getValue();
  }
}
