package io.vellamo.engine.pipeline;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.InitialState;
import io.vellamo.api.internal.QueryPlan;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.internal.Upstream;
import io.vellamo.api.query.Trigger;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.io.ListSink;
import io.vellamo.engine.io.ListSource;
import io.vellamo.engine.io.TestQueries;
import io.vellamo.engine.shard.InitialGroups;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A prepared query's descriptions, sizes and initial states. */
final class PreparedQueryTest {
  private static final int SHARDS = 4;
  private static final long GIGABYTE = 1L << 30;

  @Test
  void names_areThoseOfSourcesAndSink_withTheShortestPollInterval() {
    PreparedQuery query =
        query(
            TestQueries.upstream(
                ListSource.of("left"),
                ListSource.polled("middle", Duration.ofSeconds(2)),
                ListSource.polled("right", Duration.ofSeconds(1))));

    assertThat(query.sourceDescription()).isEqualTo("left and middle and right");
    assertThat(query.sinkDescription()).isEqualTo("sink");
    assertThat(query.names().pollInterval()).contains(Duration.ofSeconds(1));
    assertThat(query(TestQueries.upstream(ListSource.of("left"))).names().pollInterval()).isEmpty();
  }

  @Test
  void watermarkNames_followTheWatermarksOfSourcesAndOfRowsBetweenOperators() {
    PreparedQuery query =
        query(
            TestQueries.then(
                new Upstream.Union(
                    List.of(
                        TestQueries.upstream(ListSource.of("left")),
                        Plans.behind(
                            TestQueries.upstream(ListSource.of("right")), Plans.watermark(0)))),
                TestQueries.groups("first", NONE),
                Plans.watermark(0),
                TestQueries.groups("second", EVENT_TIME),
                Plans.watermark(0)));

    assertThat(query.watermarkNames()).containsExactly("right", "rows of first");
    assertThat(query.watermarkNames()).hasSameSizeAs(query.compiled().watermarks());
    assertThat(query.operatorNames()).containsExactly("first", "second");
  }

  @Test
  void stateShape_isThatOfAllOperators() {
    Upstream source = TestQueries.upstream(ListSource.of("source"));

    assertThat(query(source).stateShape()).isEmpty();
    assertThat(
            query(
                    TestQueries.then(
                        source,
                        TestQueries.groups("first", NONE),
                        TestQueries.groups("second", NONE)))
                .stateShape())
        .isEqualTo("number+number");
  }

  @Test
  void epochSize_isTheQuerys_elseTheConfigured_elseAdaptsUpToAPartOfTheHeap() {
    PreparedQuery free = query(TestQueries.upstream(ListSource.of("source")));
    PreparedQuery set = TestQueries.prepare(withMaxEvents(free.plan(), 50));

    assertThat(set.epochSize(OptionalLong.of(70), GIGABYTE).most()).isEqualTo(50);
    assertThat(free.epochSize(OptionalLong.of(70), GIGABYTE).most()).isEqualTo(70);
    assertThat(largest(free.epochSize(OptionalLong.empty(), GIGABYTE))).isEqualTo(65_536);
    assertThat(largest(free.epochSize(OptionalLong.empty(), 1))).isEqualTo(10_000);
    assertThat(largest(free.epochSize(OptionalLong.empty(), Long.MAX_VALUE))).isEqualTo(1_000_000);
  }

  private static long largest(EpochSize size) {
    for (int epoch = 0; epoch < 64; epoch++) {
      size.ran(size.most(), size.most(), 1);
    }
    return size.most();
  }

  @Test
  void initialStates_areReadForEachShardOfTheirOperator() {
    PreparedQuery query =
        query(
            TestQueries.then(
                TestQueries.upstream(ListSource.of("source")),
                TestQueries.groups("first", NONE),
                withInitialState(TestQueries.groups("second", NONE), Map.of("a", 1, "b", 2))));

    List<InitialGroups> initial = query.initialStates(SHARDS);

    assertThat(query.hasInitialState()).isTrue();
    assertThat(initial).hasSize(2 * SHARDS);
    assertThat(initial.subList(0, SHARDS)).allMatch(InitialGroups::isEmpty);
    assertThat(initial.subList(SHARDS, 2 * SHARDS))
        .flatExtracting(groups -> groups.states().keySet())
        .hasSize(2);
    assertThat(query(TestQueries.upstream(ListSource.of("source"))).hasInitialState()).isFalse();
  }

  private static PreparedQuery query(Upstream upstream) {
    return TestQueries.prepare(
        TestQueries.plan("query", upstream, new ListSink("sink"), Trigger.asap()));
  }

  private static QueryPlan withMaxEvents(QueryPlan plan, long most) {
    return new QueryPlan(
        plan.name(),
        plan.upstream(),
        plan.sink(),
        plan.errorPolicy(),
        plan.deadLetters(),
        plan.lateEvents(),
        plan.trigger(),
        plan.watermarkPolicy(),
        OptionalLong.of(most),
        plan.clock(),
        plan.retry());
  }

  private static Stage withInitialState(Stage stage, Map<String, Integer> states) {
    Stage.Group group = (Stage.Group) stage;
    StatefulOperator operator = group.operator();
    return new Stage.Group(
        group.key(),
        group.keyType(),
        new StatefulOperator(
            operator.kind(),
            operator.givenName(),
            operator.mode(),
            operator.timeout(),
            operator.stateType(),
            Optional.of(InitialState.of(Integer.class, states)),
            operator.declared(),
            operator.traits()),
        group.calls());
  }
}
