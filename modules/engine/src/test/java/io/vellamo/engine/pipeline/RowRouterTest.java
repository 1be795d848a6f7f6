package io.vellamo.engine.pipeline;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.sink.LateEvent;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.pipeline.Plans.Reading;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows on their way from operator to operator. */
final class RowRouterTest {
  private static final int SHARDS = 4;
  private static final Watermark LATE = Watermark.of(1000);

  @Test
  void rows_becomeTheGroupsOfTheNextOperator() {
    RowRouter router =
        router(Plans.query(Plans.groups(NONE), new Stage.Filter(row -> true), Plans.groups(NONE)));

    router.take(0, Map.of(0, List.of(reading("a", 1), reading("b", 2), reading("a", 3))));

    GroupBatch<Object> a = batch(router, 1, "a");
    assertThat(a.events()).containsExactly(reading("a", 1), reading("a", 3));
    assertThat(a.currentRange()).isEqualTo(GroupBatch.NO_RANGE);
    assertThat(router.shards(0)).isEmpty();
    assertThat(router.shards(1).keySet()).allMatch(shard -> shard >= SHARDS);
  }

  @Test
  void rows_joinTheEventsThatAreThereAlready() {
    Upstream left = Plans.upstream();
    Upstream right = Plans.upstream(Plans.groups(NONE));
    CompiledQuery query =
        QueryCompiler.compile(
            Plans.behind(new Upstream.Union(List.of(left, right)), Plans.groups(NONE)), true);
    EpochRouter sources =
        new EpochRouter(
            query,
            List.of(TestCodecs.KEYS, TestCodecs.KEYS),
            SHARDS,
            Plans.epoch(LATE, "1:p", "2:p"));
    sources.event(reading("a", 1), 0, 0);
    sources.event(reading("a", 2), 1, 0);
    RowRouter router =
        new RowRouter(
            query,
            List.of(TestCodecs.KEYS, TestCodecs.KEYS),
            SHARDS,
            sources.finish(),
            EventCopies.NONE);

    router.take(0, Map.of(1, List.of(reading("a", 3))));

    assertThat(batch(router, 0, "a").events()).containsExactly(reading("a", 2));
    assertThat(batch(router, 1, "a").events()).containsExactly(reading("a", 1), reading("a", 3));
  }

  @Test
  void eventTimes_comeWithTheRows_orFromANewWatermark() {
    CompiledQuery query =
        Plans.query(Plans.groups(NONE), Plans.watermark(0), Plans.groups(EVENT_TIME));
    RowRouter router = router(query);

    router.take(0, Map.of(0, List.of(reading("a", 999), reading("a", 3000))));

    assertThat(router.late(1)).isEqualTo(1);
    assertThat(router.lateRows())
        .containsExactly(
            new LateEvent(
                reading("a", 999), Instant.ofEpochMilli(999), Instant.ofEpochMilli(1000)));
    assertThat(router.seen()).singleElement().extracting("events").isEqualTo(2L);
  }

  @Test
  void timedRow_isLateByItsOwnTime() {
    RowRouter router =
        router(
            Plans.query(
                Plans.watermark(0), Plans.deduplicateWithEventTime(), Plans.groups(EVENT_TIME)));

    router.take(
        0,
        Map.of(
            0,
            List.of(
                new TimedRow(reading("a", 0), Instant.ofEpochMilli(999)),
                new TimedRow(reading("b", 0), Instant.ofEpochMilli(1000)))));

    assertThat(router.late(1)).isEqualTo(1);
    assertThat(batch(router, 1, "b").events()).containsExactly(reading("b", 0));
  }

  @Test
  void failure_namesTheStep() {
    RowRouter router =
        router(
            Plans.query(
                Plans.groups(NONE),
                new Stage.Map(
                    row -> {
                      throw new IllegalStateException();
                    }),
                Plans.groups(NONE)));

    assertThatExceptionOfType(RowFailure.class)
        .isThrownBy(() -> router.take(0, Map.of(0, List.of(reading("a", 1)))))
        .withMessage(
            "map behind the stateful operator failed with [java.lang.IllegalStateException]");
  }

  @Test
  void partitions_ofSeveralSources_areTold() {
    SourcePartition inner = new SourcePartition("a:b");

    SourcePartition outer = QueryInputs.outer(1, inner, 2);

    assertThat(outer.name()).isEqualTo("2:a:b");
    assertThat(QueryInputs.inputOf(outer, 2)).isEqualTo(1);
    assertThat(QueryInputs.inner(outer, 2)).isEqualTo(inner);
    assertThat(QueryInputs.outer(0, inner, 1)).isEqualTo(inner);
    assertThat(QueryInputs.inner(inner, 1)).isEqualTo(inner);
    assertThat(QueryInputs.inputOf(inner, 1)).isZero();
  }

  private static RowRouter router(CompiledQuery query) {
    RoutedEpoch sources = RoutedEpoch.withoutData(Plans.epoch(LATE));
    return new RowRouter(
        query, List.of(TestCodecs.KEYS, TestCodecs.KEYS), SHARDS, sources, EventCopies.NONE);
  }

  private static GroupBatch<Object> batch(RowRouter router, int operator, String key) {
    return router.shards(operator).values().stream()
        .flatMap(events -> events.byGroup().stream())
        .filter(batch -> key.equals(batch.userKey()))
        .findFirst()
        .orElseThrow();
  }

  private static Reading reading(String key, long millis) {
    return new Reading(key, millis);
  }
}
