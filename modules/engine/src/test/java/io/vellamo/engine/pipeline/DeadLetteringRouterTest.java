package io.vellamo.engine.pipeline;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static io.vellamo.engine.pipeline.Plans.groups;
import static io.vellamo.engine.pipeline.Plans.query;
import static io.vellamo.engine.pipeline.Plans.watermark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.DeadLetter.Position;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.pipeline.Plans.Reading;
import io.vellamo.engine.time.Watermark;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Stages that throw, under the policy that keeps what they threw for. */
final class DeadLetteringRouterTest {
  private static final Reading GOOD = new Reading("a", 5000L);
  private static final Reading BAD = new Reading("bad", 6000L);
  private static final Reading LATE = new Reading("a", 10L);

  @Test
  void stageThatThrows_deadLettersTheEventAsItCameFromTheSource() {
    Stage.Map map = new Stage.Map(event -> requireGood((Reading) event).key());
    RoutedEpoch routed = route(query(map), GOOD, BAD, GOOD);

    DeadLetter letter = routed.deadLetters().get(0);
    assertThat(routed.rows()).containsExactly("a", "a");
    assertThat(routed.events()).isEqualTo(new EventCounts(2, 0, 1));
    assertThat(letter.position()).contains(new Position("p0", 1));
    assertThat(letter.epoch()).isEqualTo(2);
    assertThat(letter.reason())
        .startsWith("map threw [java.lang.IllegalStateException] at io.vellamo.");
    assertThat(letter.error()).contains("java.lang.IllegalStateException");
    assertThat(letter.message()).contains("bad reading");
    assertThat(letter.event()).contains(BAD);
    assertThat(letter.key()).isEmpty();
  }

  @Test
  void keyFunctionThatThrows_deadLettersTheEvent() {
    RoutedEpoch routed =
        route(query(groups(NONE, event -> requireGood((Reading) event).key())), BAD, GOOD);

    assertThat(routed.deadLetters().get(0).reason()).startsWith("groupByKey threw");
    assertThat(batches(routed)).hasSize(1);
    assertThat(routed.events()).isEqualTo(new EventCounts(1, 0, 1));
  }

  @Test
  void flatMap_whoseLaterEventsThrow_isTakenBackAsAWhole() {
    Stage.FlatMap flatten = new Stage.FlatMap(event -> (List<?>) event);
    Stage.Map map = new Stage.Map(event -> requireGood((Reading) event));
    CompiledQuery query = query(flatten, map, watermark(0), groups(EVENT_TIME));
    Reading other = new Reading("b", 5000L);

    RoutedEpoch routed = route(query, List.of(GOOD), List.of(GOOD, LATE, other, BAD));

    assertThat(batches(routed)).hasSize(1);
    assertThat(batches(routed).get(0).events()).containsExactly(GOOD);
    assertThat(routed.lateEvents()).isEmpty();
    assertThat(routed.events()).isEqualTo(new EventCounts(1, 0, 1));
    assertThat(routed.deadLetters().get(0).event()).contains(List.of(GOOD, LATE, other, BAD));
  }

  @Test
  void eventTime_ofAnEventThatIsLeftOut_stillMovesTheWatermark() {
    Stage.Map map = new Stage.Map(event -> requireGood((Reading) event));
    RoutedEpoch routed = route(query(watermark(0), map, groups(EVENT_TIME)), GOOD, BAD);

    assertThat(Objects.requireNonNull(routed.seen().get(0).newest()).millis()).isEqualTo(6000);
  }

  @Test
  void failure_thatIsNoEventsFault_failsTheEpoch() {
    Stage.Map map =
        new Stage.Map(
            event -> {
              throw new SerializationException("K", "key can't be written", null);
            });

    assertThatExceptionOfType(EventFailure.class).isThrownBy(() -> route(query(map), GOOD));
  }

  private static Reading requireGood(Reading reading) {
    if ("bad".equals(reading.key())) {
      throw new IllegalStateException("bad reading");
    }
    return reading;
  }

  private static RoutedEpoch route(CompiledQuery query, Object... events) {
    EpochRouter router =
        new EpochRouter(
            query,
            List.of(TestCodecs.KEYS),
            4,
            Plans.epoch(Watermark.of(1000)),
            ErrorPolicy.deadLetter(),
            EventCopies.NONE,
            true);
    for (int i = 0; i < events.length; i++) {
      router.event(events[i], 0, i);
    }
    return router.finish();
  }

  private static List<GroupBatch<Object>> batches(RoutedEpoch routed) {
    return routed.shards().values().stream().flatMap(events -> events.byGroup().stream()).toList();
  }
}
