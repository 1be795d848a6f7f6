package io.vellamo.api;

import static io.vellamo.api.TestPipelines.SINK;
import static io.vellamo.api.TestPipelines.counted;
import static io.vellamo.api.TestPipelines.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.QueryStarter;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.sink.DeadLetter;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.source.HandoffSource;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryBuilderTest {
  private final HandoffSource<String> source = HandoffSource.create(1);
  private final EventStream<String> words = start("orders").from(source);

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
  void outputMode_ofACompleteAggregation_isComplete() {
    QueryBuilder query =
        words
            .groupByKey(word -> word)
            .aggregate(Aggregates.count(), (word, count) -> word + count)
            .outputMode(OutputMode.COMPLETE)
            .to(SINK);

    assertThat(query.outputMode(OutputMode.COMPLETE)).isSameAs(query);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> query.outputMode(OutputMode.UPDATE))
        .withMessage(
            "mode must be COMPLETE for this query, was [UPDATE]: its aggregation emits the whole result in every epoch");
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
}
