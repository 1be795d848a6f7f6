package io.vellamo.engine.pipeline;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static io.vellamo.engine.pipeline.Plans.groups;
import static io.vellamo.engine.pipeline.Plans.query;
import static io.vellamo.engine.pipeline.Plans.watermark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.WatermarkStrategy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.pipeline.Plans.Reading;
import io.vellamo.engine.time.NewestEventTime;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EpochRouterTest {
  private static final Watermark LATE_1000 = Watermark.of(1000);
  private static final int SHARDS = 4;

  /** A key class with an equals that sees less than the text that is written. */
  static final class LooseKey {
    private final String text;

    LooseKey(String text) {
      this.text = text;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LooseKey;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** A key class without equals; its text decides. */
  static final class BareKey {
    private final String text;

    BareKey(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  // Late events.

  @Test
  void event_olderThanTheLateWatermark_isLate() {
    RoutedEpoch routed = route(query(watermark(0), groups(EVENT_TIME)), reading("a", 999L));

    assertThat(routed.events()).isEqualTo(new EventCounts(0, 1, 0));
    assertThat(routed.shards()).isEmpty();
  }

  @Test
  void d1_event_asOldAsTheLateWatermark_isProcessed() {
    RoutedEpoch routed = route(query(watermark(0), groups(EVENT_TIME)), reading("a", 1000L));

    assertThat(routed.events()).isEqualTo(new EventCounts(1, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "PROCESSING_TIME"})
  void event_withoutEventTimeTimeouts_isNeverLate(GroupStateTimeout timeout) {
    RoutedEpoch routed = route(query(watermark(0), groups(timeout)), reading("a", 1L));

    assertThat(routed.events()).isEqualTo(new EventCounts(1, 0, 0));
  }

  @Test
  void event_withoutKnownTime_isNotLateAndMovesNothing() {
    RoutedEpoch routed = route(query(watermark(0), groups(EVENT_TIME)), reading("a", null));

    assertThat(routed.events()).isEqualTo(new EventCounts(1, 0, 0));
    assertThat(routed.seen().get(0).newest()).isNull();
  }

  @Test
  void event_withoutKnownTime_doesNotTakeThatOfTheOneBefore() {
    RoutedEpoch routed =
        route(query(watermark(0), groups(EVENT_TIME)), reading("a", 999L), reading("a", null));

    assertThat(routed.events()).isEqualTo(new EventCounts(1, 1, 0));
  }

  @Test
  void maxEventTime_isTheLargestSeen() {
    RoutedEpoch routed =
        route(
            query(watermark(0), groups(EVENT_TIME)),
            reading("a", 1000L),
            reading("a", 3000L),
            reading("b", 2000L));

    assertThat(newestMillis(routed)).isEqualTo(3000);
  }

  @Test
  void eventTime_isFlooredToMilliseconds() {
    Stage micros =
        new Stage.EventTime(
            event -> Instant.ofEpochSecond(-1, 999_999_999),
            WatermarkStrategy.delay(Duration.ZERO));

    RoutedEpoch routed = route(query(micros), "event");

    assertThat(newestMillis(routed)).isEqualTo(-1);
  }

  // Departure D7: the watermark is taken where withWatermark stands.

  @Test
  void d7_filterInFront_filteredEventsDoNotMoveTheWatermark() {
    RoutedEpoch routed = route(query(only("a"), watermark(0), groups(EVENT_TIME)), twoReadings());

    assertThat(newestMillis(routed)).isEqualTo(1000);
    assertThat(routed.events()).isEqualTo(new EventCounts(2, 0, 0));
  }

  @Test
  void d7_filterBehind_filteredEventsMoveTheWatermark() {
    RoutedEpoch routed = route(query(watermark(0), only("a"), groups(EVENT_TIME)), twoReadings());

    assertThat(newestMillis(routed)).isEqualTo(5000);
    assertThat(routed.events()).isEqualTo(new EventCounts(2, 0, 0));
  }

  @Test
  void eventTime_staysWithWhatMapMakesOfTheEvent() {
    Stage wrap = new Stage.Map(event -> reading(((Reading) event).key(), 1_000_000L));

    RoutedEpoch routed = route(query(watermark(0), wrap, groups(EVENT_TIME)), reading("a", 999L));

    assertThat(routed.events()).isEqualTo(new EventCounts(0, 1, 0));
  }

  // Accounting: input = processed + late + deadLettered.

  @Test
  void flatMap_eachOfManyHasItsOwnFate() {
    RoutedEpoch routed =
        route(
            query(flatten(), watermark(0), only("a"), groups(EVENT_TIME)),
            List.of(reading("a", 999L), reading("a", 1000L), reading("b", 1000L)));

    assertThat(routed.events()).isEqualTo(new EventCounts(2, 1, 0));
  }

  @Test
  void flatMap_intoNone_countsAsProcessed() {
    RoutedEpoch routed = route(query(flatten(), groups(NONE)), List.of(), List.of());

    assertThat(routed.events()).isEqualTo(new EventCounts(2, 0, 0));
    assertThat(routed.shards()).isEmpty();
  }

  @Test
  void deadLetter_isKeptWithItsPosition() {
    EpochRouter router = router(query(groups(NONE)));
    router.event(reading("a", 1L), 0, 0);
    router.deadLetter(1, 7, "must be a number", "x");
    router.deadLetter(0, 8, "must not be empty", null);
    RoutedEpoch routed = router.finish();

    assertThat(routed.deadLetters())
        .containsExactly(
            DeadLetter.ofEntry(new Position("p1", 7), 2, "must be a number", Optional.of("x")),
            DeadLetter.ofEntry(new Position("p0", 8), 2, "must not be empty", Optional.empty()));
    assertThat(routed.events()).isEqualTo(new EventCounts(1, 0, 2));
    assertThat(routed.events().input()).isEqualTo(3);
  }

  @Test
  void rows_withoutOperator_areTheEventsInOrder() {
    RoutedEpoch routed = route(query(), "x", "y");

    assertThat(routed.rows()).containsExactly("x", "y");
    assertThat(routed.events()).isEqualTo(new EventCounts(2, 0, 0));
    assertThat(routed.shards()).isEmpty();
  }

  // Groups.

  @Test
  void d10_eventsOfAGroup_keepTheSourcesOrder() {
    RoutedEpoch routed =
        route(
            query(groups(NONE)),
            reading("a", 1L),
            reading("b", 2L),
            reading("a", 3L),
            reading("a", 2L));

    assertThat(batch(routed, "a"))
        .toIterable()
        .containsExactly(reading("a", 1L), reading("a", 3L), reading("a", 2L));
  }

  @Test
  void group_isInTheShardOfItsKey() {
    RoutedEpoch routed = route(query(groups(NONE)), reading("a", 1L), reading("b", 1L));

    routed
        .shards()
        .forEach(
            (shard, events) ->
                assertThat(events.byGroup()).allMatch(batch -> batch.key().shard(SHARDS) == shard));
    assertThat(routed.shards().values().stream().mapToInt(ShardEvents::size).sum()).isEqualTo(2);
  }

  @Test
  void batch_knowsRangeAndOffsetOfItsEvents() {
    EpochRouter router = router(query(groups(NONE)));
    router.event(reading("a", 1L), 1, 42);

    GroupBatch<Object> batch = batch(router.finish(), "a");

    assertThat(batch.currentRange()).isEqualTo(1);
    assertThat(batch.currentOffset()).isEqualTo(42);
  }

  @Test
  void nullKey_isAGroupLikeAnyOther() {
    RoutedEpoch routed =
        route(query(groups(NONE)), reading(null, 1L), reading("a", 1L), reading(null, 2L));

    GroupBatch<Object> batch = batch(routed, null);

    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.userKey()).isNull();
  }

  @Test
  void keysWithoutEquals_areGroupedByTheirSerializedForm() {
    RoutedEpoch routed =
        route(
            query(groups(NONE, event -> new BareKey(String.valueOf(((Reading) event).key())))),
            reading("a", 1L),
            reading("a", 2L),
            reading("b", 3L));

    assertThat(batch(routed, "a").size()).isEqualTo(2);
    assertThat(batch(routed, "b").size()).isEqualTo(1);
  }

  /** Or it would depend on the epochs which events are grouped. */
  @Test
  void keysWithLooseEquals_areGroupedByTheirSerializedForm() {
    RoutedEpoch routed =
        route(
            query(groups(NONE, event -> new LooseKey(String.valueOf(((Reading) event).key())))),
            reading("a", 1L),
            reading("b", 2L),
            reading("a", 3L));

    assertThat(batch(routed, "a").size()).isEqualTo(2);
    assertThat(batch(routed, "b").size()).isEqualTo(1);
  }

  @Test
  void keysOfTrustedClass_areWrittenOnce() {
    AtomicInteger written = new AtomicInteger();
    KeyCodec counting =
        new KeyCodec() {
          @Override
          public GroupKey write(@Nullable Object key) {
            written.incrementAndGet();
            return TestCodecs.TRUSTED_KEYS.write(key);
          }

          @Override
          public @Nullable Object read(GroupKey key) {
            return TestCodecs.TRUSTED_KEYS.read(key);
          }

          @Override
          public boolean writesEqualKeysAlike() {
            return TestCodecs.TRUSTED_KEYS.writesEqualKeysAlike();
          }
        };
    EpochRouter router =
        new EpochRouter(query(groups(NONE)), List.of(counting), SHARDS, Plans.epoch(LATE_1000));
    router.event(reading("a", 1L), 0, 0);
    router.event(reading("a", 2L), 0, 1);
    router.event(reading("b", 3L), 0, 2);

    assertThat(batch(router.finish(), "a").size()).isEqualTo(2);
    assertThat(written).hasValue(2);
  }

  // Failures.

  @Test
  void failure_ofMap_namesStepAndPosition() {
    IllegalArgumentException thrown = new IllegalArgumentException("secret event");
    Stage broken =
        new Stage.Map(
            event -> {
              throw thrown;
            });
    EpochRouter router = router(query(broken));

    assertThatExceptionOfType(EventFailure.class)
        .isThrownBy(() -> router.event("event", 1, 42))
        .withMessage(
            "map failed at source position [p1@42] with [java.lang.IllegalArgumentException]")
        .withCause(thrown);
  }

  @Test
  @SuppressWarnings("NullAway") // what a user without NullAway can return
  void failure_ofMapToNull_saysWhatToDo() {
    assertNullRefused(new Stage.Map(event -> null), "map");
  }

  @Test
  @SuppressWarnings("NullAway") // what a user without NullAway can return
  void failure_ofFlatMapToNull_saysWhatToDo() {
    assertNullRefused(new Stage.FlatMap(event -> null), "flatMap");
  }

  @Test
  void failure_ofFlatMapThatHoldsNull_saysWhatToDo() {
    List<@Nullable Object> holdsNull = new ArrayList<>();
    holdsNull.add(null);
    assertNullRefused(new Stage.FlatMap(event -> holdsNull), "flatMap");
  }

  @Test
  void failure_namesTheStepThatFailed() {
    Function<Object, Object> fails =
        event -> {
          throw new IllegalStateException();
        };
    Stage brokenFilter = new Stage.Filter(event -> fails.apply(event) != null);
    Stage brokenTime =
        new Stage.EventTime(
            event -> (Instant) fails.apply(event), WatermarkStrategy.delay(Duration.ZERO));

    assertStep(query(brokenFilter), "filter");
    assertStep(query(brokenTime), "withWatermark");
    assertStep(query(groups(NONE, fails)), "groupByKey");
  }

  @Test
  void failure_inFlatMapBehindTheFirstResult_isTheFlatMaps() {
    Iterator<Object> oneThenBroken =
        new Iterator<>() {
          private boolean first = true;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Object next() {
            if (!first) {
              throw new NoSuchElementException();
            }
            first = false;
            return "made";
          }
        };
    Stage lazy = new Stage.FlatMap(event -> () -> oneThenBroken);

    assertStep(query(lazy, new Stage.Map(event -> event)), "flatMap");
  }

  private static void assertStep(CompiledQuery query, String step) {
    EpochRouter router = router(query);

    assertThatExceptionOfType(EventFailure.class)
        .isThrownBy(() -> router.event("event", 0, 5))
        .withMessageStartingWith(step + " failed at source position [p0@5] with [");
  }

  private static void assertNullRefused(Stage stage, String step) {
    EpochRouter router = router(query(stage));

    assertThatExceptionOfType(EventFailure.class)
        .isThrownBy(() -> router.event("event", 0, 0))
        .havingCause()
        .withMessage(
            "the result of %s must not be null; use filter or an empty flatMap to drop an event",
            step);
  }

  private static Object[] twoReadings() {
    return new Object[] {reading("a", 1000L), reading("b", 5000L)};
  }

  private static Reading reading(@Nullable String key, @Nullable Long millis) {
    return new Reading(key, millis);
  }

  private static Stage only(String key) {
    return new Stage.Filter(event -> key.equals(((Reading) event).key()));
  }

  private static Stage flatten() {
    return new Stage.FlatMap(event -> (List<?>) event);
  }

  private static EpochRouter router(CompiledQuery query) {
    return new EpochRouter(query, List.of(TestCodecs.KEYS), SHARDS, Plans.epoch(LATE_1000));
  }

  private static RoutedEpoch route(CompiledQuery query, Object... events) {
    EpochRouter router = router(query);
    for (int i = 0; i < events.length; i++) {
      router.event(events[i], 0, i);
    }
    return router.finish();
  }

  private static GroupBatch<Object> batch(RoutedEpoch routed, @Nullable String key) {
    int shard = TestCodecs.key(key).shard(SHARDS);
    return routed.shards().getOrDefault(shard, new ShardEvents(false)).byGroup().stream()
        .filter(batch -> batch.key().equals(TestCodecs.key(key)))
        .findFirst()
        .orElseThrow();
  }

  private static long newestMillis(RoutedEpoch routed) {
    NewestEventTime newest = routed.seen().get(0).newest();
    return newest == null ? Long.MIN_VALUE : newest.millis();
  }
}
