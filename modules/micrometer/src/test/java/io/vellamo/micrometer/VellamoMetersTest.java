package io.vellamo.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meters of a real query, in a real registry. */
final class VellamoMetersTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private ActorSystem<Void> system;

  @TempDir private Path directory;

  @BeforeEach
  void start() {
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "meters",
            ConfigFactory.parseString(
                    """
                    pekko.loglevel = OFF
                    vellamo.query.shards = 4
                    vellamo.embedded-journal.dir = "%s"
                    """
                        .formatted(directory.toString().replace('\\', '/')))
                .withFallback(ConfigFactory.load()));
  }

  @AfterEach
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  @Test
  void eachMeter_existsWithItsTags_andMovesInAQuery() throws Exception {
    VellamoMeters meters = VellamoMeters.bind(Vellamo.get(system).queries(), registry);
    StreamingQuery query = counts("counts");

    assertThat(registered()).containsExactlyInAnyOrder(ids());
    for (Meter meter : registry.getMeters()) {
      QueryMeter known = known(meter);
      assertThat(meter.getId().getTags()).hasSameSizeAs(known.tags());
      assertThat(meter.getId().getTag("query")).isEqualTo("counts");
      assertThat(meter.getId().getDescription()).isEqualTo(known.description());
    }
    assertThat(value(QueryMeter.EVENTS, "processed")).isEqualTo(5);
    assertThat(value(QueryMeter.EVENTS, "late")).isZero();
    assertThat(value(QueryMeter.ROWS)).isEqualTo(3);
    assertThat(value(QueryMeter.INPUT)).isEqualTo(5);
    assertThat(value(QueryMeter.OPERATOR_ROWS)).isEqualTo(3);
    assertThat(value(QueryMeter.GROUPS)).isEqualTo(3);
    assertThat(value(QueryMeter.STATE_BYTES)).isPositive();
    assertThat(value(QueryMeter.JOURNAL_BYTES)).isPositive();
    assertThat(value(QueryMeter.EPOCH))
        .isEqualTo((double) query.lastProgress().orElseThrow().epoch());
    assertThat(value(QueryMeter.SKEW, "input")).isGreaterThanOrEqualTo(1);
    assertThat(value(QueryMeter.LAG)).isZero();
    assertThat(value(QueryMeter.HEALTH)).isEqualTo(1);

    query.stop();
    await().untilAsserted(() -> assertThat(value(QueryMeter.HEALTH)).isEqualTo(0.5));
    meters.close();
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void scrapeOfPrometheus_hasTheDocumentedNames() throws Exception {
    VellamoMeters.bind(Vellamo.get(system).queries(), registry);
    counts("counts");

    assertThat(registry.scrape())
        .contains("# TYPE vellamo_events_total counter")
        .contains("vellamo_events_total{outcome=\"processed\",query=\"counts\"} 5.0")
        .contains("vellamo_epoch_seconds_count{query=\"counts\"}")
        .contains("vellamo_epoch_phase_seconds_sum{phase=\"process\",query=\"counts\"}")
        .contains("vellamo_groups{operator=\"count\",query=\"counts\"} 3.0")
        .contains("vellamo_state_bytes{operator=\"count\",query=\"counts\"}")
        .contains("vellamo_journal_bytes_total{operator=\"count\",query=\"counts\"}")
        .contains("vellamo_watermark_gap_seconds{query=\"counts\"}")
        .contains("vellamo_health{query=\"counts\"} 1.0");
  }

  private Set<String> registered() {
    Set<String> ids = new HashSet<>();
    registry.getMeters().forEach(meter -> ids.add(meter.getId().getName()));
    return ids;
  }

  private static String[] ids() {
    return Stream.of(QueryMeter.values()).map(QueryMeter::id).toArray(String[]::new);
  }

  private static QueryMeter known(Meter meter) {
    return Stream.of(QueryMeter.values())
        .filter(each -> each.id().equals(meter.getId().getName()))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the number of the only meter, or of that with a value of a tag; a timer's count. */
  private double value(QueryMeter meter, String... tagValues) {
    List<Meter> found =
        registry.find(meter.id()).meters().stream()
            .filter(
                each ->
                    each.getId().getTags().stream()
                        .map(Tag::getValue)
                        .toList()
                        .containsAll(List.of(tagValues)))
            .toList();
    assertThat(found).as(meter.id()).hasSize(1);
    return found.get(0).measure().iterator().next().getValue();
  }

  private StreamingQuery counts(String name) throws InterruptedException {
    MemorySource<String> words = MemorySource.create();
    words.add("a", "b", "a", "c", "a");
    StreamingQuery query =
        Vellamo.get(system)
            .query(name)
            .from(words)
            .withWatermark(word -> NOON, Duration.ZERO)
            .groupByKey(word -> word)
            .<Long, Long>mapGroupsWithState(
                GroupStateTimeout.NONE,
                Long.class,
                (word, events, state) -> {
                  while (events.hasNext()) {
                    events.next();
                    state.update(state.optional().orElse(0L) + 1);
                  }
                  return state.get();
                })
            .named("count")
            .to(MemorySink.create())
            .start();
    query.processAllAvailable();
    // Listeners are told on a thread of their own.
    await().until(() -> registry.find(QueryMeter.SKEW.id()).gauge() != null);
    return query;
  }
}
