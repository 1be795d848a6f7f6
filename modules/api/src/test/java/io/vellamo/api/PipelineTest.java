package io.vellamo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.KeyValue;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.api.source.HandoffSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelineTest {
  private static final RowSink<Object> SINK = new NoSink();

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
            "Query [orders] has a watermark here already; call withWatermark once in front of an"
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
            "mode must be APPEND or UPDATE for flatMapGroupsWithState, was [COMPLETE]; a group's"
                + " function can't emit the whole result");
  }

  @Test
  void eventTimeTimeout_withoutWatermark_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counted(words, GroupStateTimeout.EVENT_TIME))
        .withMessage(
            "timeout [EVENT_TIME] of mapGroupsWithState needs withWatermark in front of"
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
                + " timeout [EVENT_TIME], as the watermark may have passed its rows when they are"
                + " emitted; or write its rows to a sink and start another query on them");
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
  void keyClass_isPartOfThePlan() {
    QueryPlan plan =
        words
            .groupByKey(word -> word, String.class)
            .<Integer, String>flatMapGroupsWithState(
                OutputMode.APPEND,
                GroupStateTimeout.NONE,
                Integer.class,
                (key, events, state) -> none())
            .to(SINK)
            .plan();

    assertThat(plan.upstream().stages())
        .singleElement()
        .isInstanceOfSatisfying(
            Stage.Group.class, group -> assertThat(group.keyClass()).contains(String.class));
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

  // Builders.

  @Test
  void builder_hasDefaults() {
    QueryPlan plan = words.to(SINK).plan();

    assertThat(plan.trigger()).isEqualTo(Trigger.asap());
    assertThat(plan.maxEventsPerEpoch()).isEmpty();
    assertThat(plan.deadLetters()).isEmpty();
    assertThat(plan.clock()).isEmpty();
    assertThat(plan.errorPolicy()).isEqualTo(ErrorPolicy.fail());
  }

  @Test
  void onError_isKept_whateverIsSetBehindIt() {
    QueryPlan plan =
        words
            .groupByKey(word -> word)
            .mapGroupsWithState(
                GroupStateTimeout.NONE, Integer.class, (word, events, state) -> word)
            .to(SINK)
            .onError(ErrorPolicy.park())
            .trigger(Trigger.once())
            .deadLettersTo(SINK)
            .lateEventsTo(SINK)
            .maxEventsPerEpoch(7)
            .plan();

    assertThat(plan.errorPolicy()).isEqualTo(ErrorPolicy.park());
  }

  @Test
  void runBatch_underAPolicyThatParks_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                words
                    .groupByKey(word -> word)
                    .mapGroups((word, all) -> word)
                    .to(SINK)
                    .onError(ErrorPolicy.park())
                    .runBatch())
        .withMessageEndingWith(
            "must not park groups to be run as a batch, has"
                + " [ErrorPolicy[retries=0, backoff=PT0S, action=PARK]]; a batch leaves nothing"
                + " that could be redriven, use fail() or deadLetter()");
  }

  @Test
  void onError_aboutGroupsOfAQueryWithoutThem_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.to(SINK).onError(ErrorPolicy.park()))
        .withMessage(
            "policy must not retry or park in a query without a stateful operator, was"
                + " [ErrorPolicy[retries=0, backoff=PT0S, action=PARK]]; use fail() or deadLetter()");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> words.to(SINK).onError(ErrorPolicy.retry(1, Duration.ZERO).thenDeadLetter()))
        .withMessageStartingWith("policy must not retry or park");
    assertThat(words.to(SINK).onError(ErrorPolicy.deadLetter()).plan().errorPolicy())
        .isEqualTo(ErrorPolicy.deadLetter());
  }

  @Test
  void builder_keepsWhatIsSet() {
    RowSink<? super DeadLetter> letters = SINK;
    QueryPlan plan =
        words
            .to(SINK)
            .trigger(Trigger.once())
            .maxEventsPerEpoch(7)
            .deadLettersTo(letters)
            .outputMode(OutputMode.APPEND)
            .plan();

    assertThat(plan.trigger()).isEqualTo(Trigger.once());
    assertThat(plan.maxEventsPerEpoch()).isEqualTo(OptionalLong.of(7));
    assertThat(plan.deadLetters()).isEqualTo(Optional.of(letters));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void maxEventsPerEpoch_notPositive_isRefused(long events) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.to(SINK).maxEventsPerEpoch(events))
        .withMessage("events must be positive, was [%d]", events);
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "COMPLETE"})
  void outputMode_otherThanTheOperators_isRefused(OutputMode mode) {
    QueryBuilder query = counted(words, GroupStateTimeout.NONE).to(SINK);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.outputMode(mode))
        .withMessage(
            mode == OutputMode.COMPLETE
                ? "mode must be UPDATE for this query, was [COMPLETE]: mapGroupsWithState emits what"
                    + " an epoch has changed, not the whole result"
                : "mode must be UPDATE for this query, was [APPEND]: mapGroupsWithState emits rows"
                    + " that replace earlier ones");
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "COMPLETE"})
  void reduceGroups_inAnotherModeThanUpdate_isRefused(OutputMode mode) {
    QueryBuilder query =
        words.groupByKey(word -> word).reduceGroups(String.class, String::concat).to(SINK);

    assertThat(query.outputMode(OutputMode.UPDATE)).isSameAs(query);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.outputMode(mode))
        .withMessageStartingWith(
            "mode must be UPDATE for this query, was [%s]: reduceGroups emits ", mode);
  }

  @Test
  void outputMode_completeWithoutAggregation_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> words.to(SINK).outputMode(OutputMode.COMPLETE))
        .withMessage(
            "mode must be APPEND or UPDATE for this query, was [COMPLETE]: without an aggregation"
                + " there is no whole result");
  }

  @Test
  void start_handsThePlanToTheRuntime() {
    AtomicReference<@Nullable QueryPlan> started = new AtomicReference<>();
    QueryStarter runtime =
        plan -> {
          started.set(plan);
          throw new IllegalStateException("no runtime");
        };
    QueryBuilder query = QueryStart.of("orders", runtime).from(source).to(SINK);

    assertThatIllegalStateException().isThrownBy(query::start);
    assertThat(started.get()).isSameAs(query.plan());
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

  private static QueryStart start(String name) {
    QueryStarter runtime = PipelineTest::refuse;
    return QueryStart.of(name, runtime);
  }

  private static StreamingQuery refuse(QueryPlan plan) {
    throw new IllegalStateException("no runtime for " + plan.name());
  }

  private static EventStream<String> counted(EventStream<String> words, GroupStateTimeout timeout) {
    return words
        .groupByKey(word -> word)
        .<Integer, String>mapGroupsWithState(timeout, Integer.class, (key, events, state) -> "row");
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

  private static final class NoSink implements RowSink<Object> {
    @Override
    public String description() {
      return "none";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.IDEMPOTENT;
    }

    @Override
    public SinkWriter<Object> open(SinkContext context) {
      throw new UnsupportedOperationException("never opened");
    }
  }
}
