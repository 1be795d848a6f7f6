package io.vellamo.api;

import static io.vellamo.api.TestPipelines.SINK;
import static io.vellamo.api.TestPipelines.counted;
import static io.vellamo.api.TestPipelines.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.source.HandoffSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelineTest {
  private final HandoffSource<String> source = HandoffSource.create(1);
  private final QueryStart start = start("orders");
  private final EventStream<String> words = start.from(source);

  // Names.

  @ParameterizedTest
  @ValueSource(strings = {"orders", "0", "A.b_c-9"})
  void name_ofAllowedForm_isAccepted(String name) {
    assertThat(start(name).from(source).to(SINK).plan().name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", ".a", "a b", "a/b", "a|b", "ä"})
  void name_ofAnotherForm_isRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(name))
        .withMessage(
            "name must be 1 to 100 letters, digits or . _ - and begin with a letter or digit, was"
                + " [%s]",
            name);
  }

  @Test
  void name_of101Letters_isRefused() {
    assertThat(start("a".repeat(100))).isNotNull();
    assertThatIllegalArgumentException().isThrownBy(() -> start("a".repeat(101)));
  }

  // Watermarks.

  @Test
  void watermark_withNegativeDelay_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.withWatermark(PipelineTest::time, Duration.ofSeconds(-5)))
        .withMessage("delay must not be negative, was [PT-5S]");
  }

  @Test
  void watermark_twice_isRefused() {
    EventStream<String> watermarked = words.withWatermark(PipelineTest::time, Duration.ZERO);

    assertThatIllegalStateException()
        .isThrownBy(() -> watermarked.withWatermark(PipelineTest::time, Duration.ZERO))
        .withMessage(
            "Query [orders] has a watermark here already; call withWatermark once before an"
                + " operator");
  }

  // Operators.

  @Test
  void f15_outputModeComplete_isRefused() {
    GroupedStream<String, String> groups = words.groupByKey(word -> word);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                groups.flatMapGroupsWithState(
                    OutputMode.COMPLETE,
                    GroupStateTimeout.NONE,
                    Integer.class,
                    (key, events, state) -> none()))
        .withMessage(
            "mode must be APPEND or UPDATE for flatMapGroupsWithState, was [COMPLETE]; the call of a"
                + " group can't emit the whole result");
  }

  @Test
  void eventTimeTimeout_withoutWatermark_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counted(words, GroupStateTimeout.EVENT_TIME))
        .withMessage(
            "timeout [EVENT_TIME] of mapGroupsWithState needs withWatermark upstream of"
                + " groupByKey");
  }

  @Test
  void eventTimeTimeout_withWatermark_isAccepted() {
    EventStream<String> watermarked = words.withWatermark(PipelineTest::time, Duration.ZERO);

    assertThat(
            counted(watermarked, GroupStateTimeout.EVENT_TIME).to(SINK).plan().upstream().stages())
        .hasSize(2);
  }

  @Test
  void updatingOperator_behindAnother_isRefused() {
    EventStream<String> final1 = finalRows(words, GroupStateTimeout.NONE);

    assertThatIllegalStateException()
        .isThrownBy(() -> counted(final1, GroupStateTimeout.NONE))
        .withMessage(
            "mapGroupsWithState of query [orders] must not follow another stateful operator, as its"
                + " rows replace earlier ones [UPDATE]; use flatMapGroupsWithState with"
                + " OutputMode.APPEND");
  }

  @Test
  void operator_behindAnUpdatingOne_isRefused() {
    EventStream<String> counted = counted(words, GroupStateTimeout.NONE);

    assertThatIllegalStateException()
        .isThrownBy(() -> finalRows(counted, GroupStateTimeout.NONE))
        .withMessage(
            "flatMapGroupsWithState of query [orders] must not follow mapGroupsWithState whose rows"
                + " replace earlier ones [UPDATE], as flatMapGroupsWithState would take each for a"
                + " new event; use flatMapGroupsWithState with OutputMode.APPEND; or write its rows"
                + " to a sink and start another query on them");
    assertThatIllegalStateException().isThrownBy(() -> counted.dropDuplicates(word -> word));
    assertThatIllegalStateException()
        .isThrownBy(() -> finalRows(words.union(counted), GroupStateTimeout.NONE));
  }

  @Test
  void operator_behindTimeoutsInEventTime_isRefused() {
    EventStream<String> rows =
        finalRows(
                words.withWatermark(PipelineTest::time, Duration.ZERO),
                GroupStateTimeout.EVENT_TIME)
            .named("first");

    assertThatIllegalStateException()
        .isThrownBy(() -> finalRows(rows, GroupStateTimeout.NONE))
        .withMessage(
            "flatMapGroupsWithState of query [orders] must not follow flatMapGroupsWithState with"
                + " timeout [EVENT_TIME], as its rows have no event time; use process, whose rows can"
                + " be emitted with an event time; or write its rows to a sink and start another query on them");
    assertThat(rows.dropDuplicates(row -> row).named("second").to(SINK).plan().upstream().stages())
        .hasSize(3);
  }

  @Test
  void operators_thatAppend_followEachOther() {
    EventStream<String> watermarked = words.withWatermark(PipelineTest::time, Duration.ZERO);
    EventStream<String> second =
        finalRows(
                finalRows(watermarked, GroupStateTimeout.NONE).named("first"),
                GroupStateTimeout.PROCESSING_TIME)
            .named("second");

    assertThat(second.to(SINK).outputMode(OutputMode.APPEND).plan().upstream().operators())
        .hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> second.to(SINK).outputMode(OutputMode.UPDATE))
        .withMessage(
            "mode must be APPEND for this query, was [UPDATE]: flatMapGroupsWithState emits rows"
                + " that are final");
  }

  @Test
  void reduction_mayFollowAnAppendingOperator_andNothingMayFollowIt() {
    EventStream<KeyValue<String, String>> reduced =
        finalRows(words, GroupStateTimeout.NONE)
            .named("rows")
            .groupByKey(row -> row)
            .reduceGroups(String.class, (older, newer) -> newer)
            .named("newest");

    assertThat(reduced.to(SINK).outputMode(OutputMode.UPDATE).plan().upstream().operators())
        .hasSize(2);
    assertThatIllegalStateException().isThrownBy(() -> reduced.dropDuplicates(KeyValue::key));
  }

  @Test
  void watermark_behindAnOperator_isANewOne() {
    EventStream<String> rows =
        finalRows(words.withWatermark(PipelineTest::time, Duration.ZERO), GroupStateTimeout.NONE)
            .named("first");

    EventStream<String> second =
        finalRows(
                rows.withWatermark(PipelineTest::time, Duration.ZERO), GroupStateTimeout.EVENT_TIME)
            .named("second");

    assertThat(second.to(SINK).plan().upstream().stages()).hasSize(4);
  }

  // Deduplication.

  @Test
  void deduplication_inTime_needsAWatermark() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.dropDuplicatesWithinWatermark(word -> word))
        .withMessage(
            "dropDuplicatesWithinWatermark needs withWatermark in front; dropDuplicates works"
                + " without");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.dropDuplicatesWithEventTime(word -> word, String.class));
  }

  @Test
  void deduplication_keepsTheWatermark() {
    EventStream<String> once =
        words
            .withWatermark(PipelineTest::time, Duration.ZERO)
            .dropDuplicates(word -> word)
            .named("once");

    assertThat(
            counted(once, GroupStateTimeout.EVENT_TIME)
                .named("counted")
                .to(SINK)
                .plan()
                .upstream()
                .stages())
        .hasSize(3);
    assertThatIllegalStateException()
        .isThrownBy(() -> once.withWatermark(PipelineTest::time, Duration.ZERO));
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "UPDATE"})
  void deduplication_allowsBothModes(OutputMode mode) {
    QueryBuilder query = words.dropDuplicates(word -> word).to(SINK);

    assertThat(query.outputMode(mode)).isSameAs(query);
  }

  // Unions.

  @Test
  void union_ofOneQuery_hasBothSources() {
    EventStream<String> others = start.from(HandoffSource.<String>create(1));

    QueryPlan plan = words.map(word -> word).union(others).filter(word -> true).to(SINK).plan();

    assertThat(plan.upstream().sources()).hasSize(2);
    assertThat(plan.upstream().stages())
        .hasExactlyElementsOfTypes(Stage.Map.class, Stage.Filter.class);
  }

  @Test
  void union_withAnotherQuery_isRefused() {
    EventStream<String> others = start("clicks").from(HandoffSource.<String>create(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.union(others))
        .withMessage("other must be a stream of the same query [orders], was one of [clicks]");
  }

  @Test
  void union_ofStreamsWithWatermarks_hasOne() {
    EventStream<String> watermarked = words.withWatermark(PipelineTest::time, Duration.ZERO);

    assertThatIllegalStateException()
        .isThrownBy(
            () -> words.union(watermarked).withWatermark(PipelineTest::time, Duration.ZERO));
    assertThat(
            watermarked
                .union(words)
                .to(SINK)
                .watermarkPolicy(WatermarkPolicy.MAX)
                .plan()
                .watermarkPolicy())
        .isEqualTo(WatermarkPolicy.MAX);
  }

  @Test
  void stages_keepTheOrderInWhichTheyAreWritten() {
    QueryPlan plan =
        counted(
                words
                    .map(word -> word)
                    .filter(word -> true)
                    .<String>flatMap(word -> List.of(word))
                    .withWatermark(PipelineTest::time, Duration.ZERO),
                GroupStateTimeout.NONE)
            .map(row -> row)
            .to(SINK)
            .plan();

    assertThat(plan.upstream().stages())
        .hasExactlyElementsOfTypes(
            Stage.Map.class,
            Stage.Filter.class,
            Stage.FlatMap.class,
            Stage.EventTime.class,
            Stage.Group.class,
            Stage.Map.class);
  }

  @Test
  void stream_isNotChangedByBuildingOnIt() {
    words.map(word -> word);

    assertThat(words.to(SINK).plan().upstream().stages()).isEmpty();
  }

  @Test
  void keyType_isPartOfThePlan() {
    QueryPlan plan =
        words
            .groupByKey(word -> word, String.class)
            .<Integer, String>flatMapGroupsWithState(
                OutputMode.APPEND,
                GroupStateTimeout.NONE,
                Integer.class,
                (key, events, state) -> none())
            .named("words")
            .groupByKey(word -> List.of(word), new TypeRef<List<String>>() {})
            .<Integer, String>flatMapGroupsWithState(
                OutputMode.APPEND,
                GroupStateTimeout.NONE,
                Integer.class,
                (key, events, state) -> none())
            .named("lists")
            .to(SINK)
            .plan();

    assertThat(plan.upstream().stages())
        .extracting(stage -> ((Stage.Group) stage).keyType().orElseThrow().getTypeName())
        .containsExactly("java.lang.String", "java.util.List<java.lang.String>");
  }

  @Test
  void stateClass_isATypeOfVersion1() {
    QueryPlan plan = counted(words, GroupStateTimeout.NONE).to(SINK).plan();

    assertThat(stateType(plan)).hasToString(StateType.of(Integer.class).toString());
  }

  @Test
  void stateType_isPartOfThePlan() {
    GroupedStream<String, String> groups = words.groupByKey(word -> word);
    StateType<Integer> type = StateType.of(Integer.class).migration(1, state -> 0);

    assertThat(
            stateType(
                groups
                    .<Integer, String>mapGroupsWithState(
                        GroupStateTimeout.NONE, type, (key, events, state) -> "row")
                    .to(SINK)
                    .plan()))
        .isSameAs(type);
    assertThat(
            stateType(
                groups
                    .<Integer, String>flatMapGroupsWithState(
                        OutputMode.APPEND,
                        GroupStateTimeout.NONE,
                        type,
                        (key, events, state) -> none())
                    .to(SINK)
                    .plan()))
        .isSameAs(type);
  }

  @Test
  void runtime_ofSomebodyElse_isRefused() {
    QueryRuntime other = new QueryRuntime() {};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> QueryStart.of("orders", other))
        .withMessage(
            "runtime must be one of Vellamo's, was a [%s]; use Vellamo.get(system).query(name)",
            other.getClass().getName());
  }

  @Test
  @SuppressWarnings("NullAway") // what a user without NullAway can do
  void nullArguments_areRefusedByName() {
    assertThatNullPointerException().isThrownBy(() -> words.map(null)).withMessage("function");
    assertThatNullPointerException().isThrownBy(() -> words.filter(null)).withMessage("predicate");
    assertThatNullPointerException().isThrownBy(() -> words.to(null)).withMessage("sink");
    assertThatNullPointerException()
        .isThrownBy(() -> words.to(SINK).trigger(null))
        .withMessage("trigger");
  }

  private static EventStream<String> finalRows(
      EventStream<String> words, GroupStateTimeout timeout) {
    return words
        .groupByKey(word -> word)
        .<Integer, String>flatMapGroupsWithState(
            OutputMode.APPEND, timeout, Integer.class, (key, events, state) -> none());
  }

  private static StateType<?> stateType(QueryPlan plan) {
    return plan.upstream().operators().get(0).stateType();
  }

  private static Instant time(String word) {
    return Instant.ofEpochMilli(word.length());
  }

  private static Iterator<String> none() {
    return Collections.emptyIterator();
  }
}
