package io.vellamo.api;

import static io.vellamo.api.TestPipelines.SINK;
import static io.vellamo.api.TestPipelines.counted;
import static io.vellamo.api.TestPipelines.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.vellamo.api.aggregate.Aggregate;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The output modes of aggregations in a pipeline, and what may be upstream and downstream. */
final class AggregationPipelineTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String NEEDS_WINDOWS =
      "aggregate of query [orders] in mode [APPEND] needs windows, as a group without a window may"
          + " always get more events; use outputMode(UPDATE) or outputMode(COMPLETE), or group by"
          + " a window";
  private static final String NO_SESSIONS =
      "aggregate of query [orders] in mode [UPDATE] needs windows other than sessions, as a"
          + " session that merges two others would leave their rows behind; use"
          + " outputMode(APPEND) or outputMode(COMPLETE)";

  private final EventStream<String> words = start("orders").from(HandoffSource.create(1));
  private final EventStream<String> timed =
      words.withWatermark(AggregationPipelineTest::time, SECOND);

  static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of("key", OutputMode.UPDATE),
        Arguments.of("key", OutputMode.COMPLETE),
        Arguments.of("all", OutputMode.UPDATE),
        Arguments.of("all", OutputMode.COMPLETE),
        Arguments.of("window", OutputMode.APPEND),
        Arguments.of("window", OutputMode.UPDATE),
        Arguments.of("window", OutputMode.COMPLETE),
        Arguments.of("session", OutputMode.APPEND),
        Arguments.of("session", OutputMode.COMPLETE));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void mode_isAccepted(String groups, OutputMode mode) {
    EventStream<String> rows = aggregated(groups).outputMode(mode);

    assertThat(rows.to(SINK).plan().upstream().operators().get(0).mode()).isEqualTo(mode);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("key", OutputMode.APPEND, NEEDS_WINDOWS),
        Arguments.of("all", OutputMode.APPEND, NEEDS_WINDOWS),
        Arguments.of("session", OutputMode.UPDATE, NO_SESSIONS));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void s05_modeThatTheGroupsCantHave_isRefused(String groups, OutputMode mode, String message) {
    assertThatIllegalStateException()
        .isThrownBy(() -> aggregated(groups).outputMode(mode))
        .withMessage(message);
  }

  @Test
  void a04_defaultMode_isAppend_andCheckedAtTheSinkAndDownstream() {
    assertThatIllegalStateException()
        .isThrownBy(() -> aggregated("key").to(SINK))
        .withMessage(NEEDS_WINDOWS);
    assertThatIllegalStateException()
        .isThrownBy(() -> aggregated("key").groupByKey(row -> row).aggregate(Aggregates.count()))
        .withMessage(NEEDS_WINDOWS);
    assertThatIllegalStateException()
        .isThrownBy(() -> aggregated("key").dropDuplicates(row -> row))
        .withMessage(NEEDS_WINDOWS);
  }

  @Test
  void outputMode_farFromTheAggregation_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> aggregated("window").map(row -> row + "!").outputMode(OutputMode.UPDATE))
        .withMessage(
            "outputMode(UPDATE) of query [orders] must directly follow an aggregation; other"
                + " operators take their mode as an argument");
    assertThatIllegalStateException().isThrownBy(() -> words.outputMode(OutputMode.UPDATE));
    assertThatIllegalStateException()
        .isThrownBy(() -> counted(words, GroupStateTimeout.NONE).outputMode(OutputMode.UPDATE));
  }

  @Test
  void outputMode_andName_inEitherOrder() {
    EventStream<String> one = aggregated("key").named("counts").outputMode(OutputMode.UPDATE);
    EventStream<String> other = aggregated("key").outputMode(OutputMode.UPDATE).named("counts");

    for (EventStream<String> rows : List.of(one, other)) {
      var operator = rows.to(SINK).plan().upstream().operators().get(0);
      assertThat(operator.name()).isEqualTo("counts");
      assertThat(operator.mode()).isEqualTo(OutputMode.UPDATE);
    }
  }

  @Test
  void rowsThatReplaceOthers_mustNotBeAggregated() {
    EventStream<String> updates = aggregated("window").named("one").outputMode(OutputMode.UPDATE);

    assertThatIllegalStateException()
        .isThrownBy(() -> perSecond(updates))
        .withMessageStartingWith(
            "aggregate of query [orders] must not follow aggregate whose rows replace earlier ones"
                + " [UPDATE], as aggregate would take each for a new event; use ");
    assertThatIllegalStateException().isThrownBy(() -> updates.dropDuplicates(row -> row));
    assertThatIllegalStateException()
        .isThrownBy(() -> perSecond(aggregated("window").outputMode(OutputMode.COMPLETE)))
        .withMessage(
            "aggregate of query [orders] must not follow aggregate in mode [COMPLETE], which emits"
                + " the whole result in every epoch; or write its rows to a sink and start another"
                + " query on them");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                counted(timed, GroupStateTimeout.NONE)
                    .groupByKey(row -> row)
                    .aggregate(Aggregates.count()));
  }

  @Test
  void completeResult_inAUnion_isRefused() {
    EventStream<String> rows = aggregated("key").outputMode(OutputMode.COMPLETE).union(words);

    assertThatIllegalStateException()
        .isThrownBy(() -> rows.to(SINK))
        .withMessage(
            "aggregate of query [orders] in mode [COMPLETE] must not be united with another"
                + " stream, as it emits the whole result; write both to sinks of their own");
  }

  @Test
  void updates_inAUnion_areAccepted() {
    EventStream<String> rows = aggregated("key").outputMode(OutputMode.UPDATE).union(words);

    assertThat(rows.to(SINK).plan().upstream().operators()).hasSize(1);
  }

  @Test
  void operatorsThatLoseEventTimes_mustNotPrecedeWindows() {
    EventStream<String> rows =
        timed
            .groupByKey(word -> word)
            .flatMapGroupsWithState(
                OutputMode.APPEND,
                GroupStateTimeout.NONE,
                Integer.class,
                (key, events, state) -> Collections.<String>emptyIterator());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> perSecond(rows))
        .withMessage(NO_WATERMARK);
    assertThat(
            perSecond(rows.named("one").withWatermark(AggregationPipelineTest::time, SECOND))
                .named("two")
                .to(SINK))
        .isNotNull();
  }

  @Test
  void eventTimeTimeouts_mustNotPrecedeAnAggregation() {
    EventStream<String> rows =
        timed
            .groupByKey(word -> word)
            .flatMapGroupsWithState(
                OutputMode.APPEND,
                GroupStateTimeout.EVENT_TIME,
                Integer.class,
                (key, events, state) -> Collections.<String>emptyIterator());

    assertThatIllegalStateException()
        .isThrownBy(() -> rows.groupByKey(row -> row).aggregate(Aggregates.count()))
        .withMessageContaining("must not follow flatMapGroupsWithState with timeout [EVENT_TIME]");
  }

  private static final String NO_WATERMARK =
      "groupBy with [windows of PT1S] needs withWatermark upstream, which tells the event times";

  @Test
  void windows_needAWatermark() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.groupBy(word -> word, Window.tumbling(SECOND)))
        .withMessage(NO_WATERMARK);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.groupBy(Window.<String>session(SECOND)))
        .withMessageContaining("[sessions with gap PT1S]");
  }

  // Aggregates and their handles.

  @Test
  void aggregation_withoutAggregates_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.groupByKey(word -> word).aggregate())
        .withMessage(
            "an aggregation must have at least one aggregate; use count() to list the groups");
  }

  @Test
  void handleOfAnotherAggregation_isRefusedWhenTheQueryIsBuilt() {
    Aggregate<String, Long> count = Aggregates.count();
    Aggregate<String, Long> other = Aggregates.count();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.groupByKey(word -> word).aggregate(count).as(all -> all.get(other)))
        .withMessage(
            "aggregate [count] must be one of those passed to aggregate(...), which are [count];"
                + " pass the same instance to both");
  }

  @Test
  void functionOfRows_thatThrowsForNoEvents_isAccepted() {
    EventStream<Object> rows =
        words.groupByKey(word -> word).aggregate(Aggregates.count(), (word, count) -> 100 / count);

    assertThat(rows).isNotNull();
  }

  @Test
  void aggregateThatIsMapped_sharesTheBuffer() {
    Aggregate<String, Long> count = Aggregates.count();
    Aggregate<String, Boolean> isMany = count.map(events -> events > 1);

    EventStream<String> rows =
        words
            .groupByKey(word -> word)
            .aggregate(count, isMany, (word, events, many) -> word + events + many)
            .outputMode(OutputMode.UPDATE);

    assertThat(count.aggregator()).isSameAs(isMany.aggregator());
    assertThat(rows.to(SINK)).isNotNull();
  }

  @Test
  @SuppressWarnings("NullAway") // a test of null
  void nullArguments_areNamed() {
    assertThatNullPointerException()
        .isThrownBy(() -> timed.groupBy(word -> word, (Windows<String>) null))
        .withMessage("windows");
    assertThatNullPointerException()
        .isThrownBy(() -> timed.groupBy((Function<String, String>) null, Window.tumbling(SECOND)))
        .withMessage("key");
    assertThatNullPointerException()
        .isThrownBy(() -> aggregated("window").outputMode(null))
        .withMessage("mode");
    assertThatNullPointerException()
        .isThrownBy(() -> words.groupByKey(word -> word).aggregate(Aggregates.count()).as(null))
        .withMessage("row");
  }

  private EventStream<String> aggregated(String groups) {
    return switch (groups) {
      case "key" ->
          words.groupByKey(word -> word).aggregate(Aggregates.count(), (key, n) -> key + n);
      case "all" -> words.aggregate(Aggregates.count(), n -> "" + n);
      case "window" ->
          timed
              .groupBy(word -> word, Window.sliding(SECOND.multipliedBy(2), SECOND))
              .aggregate(Aggregates.count(), (key, window, n) -> key + window + n);
      default ->
          timed
              .groupBy(word -> word, Window.session(SECOND))
              .aggregate(Aggregates.count(), (key, session, n) -> key + session + n);
    };
  }

  private static EventStream<String> perSecond(EventStream<String> rows) {
    return rows.groupBy(row -> row, Window.tumbling(SECOND))
        .aggregate(Aggregates.count(), (key, window, n) -> key + window + n);
  }

  private static Instant time(String word) {
    return Instant.ofEpochSecond(word.length());
  }
}
