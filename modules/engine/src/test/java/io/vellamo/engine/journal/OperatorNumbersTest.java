package io.vellamo.engine.journal;

import static io.vellamo.api.group.GroupStateTimeout.EVENT_TIME;
import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.group.InitialState;
import io.vellamo.api.group.StateType;
import io.vellamo.api.internal.DeclaredState;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.Route;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Operators of the code and of the journal. */
final class OperatorNumbersTest {
  private static final UUID ID = new UUID(0, 0);
  private static final CreatedOperator A = new CreatedOperator("a", NONE);
  private static final CreatedOperator B = new CreatedOperator("b", EVENT_TIME);
  private static final QueryLedger FRESH = QueryLedger.created(ID, 4);
  private static final QueryLedger PLANNED =
      FRESH.planned(new EpochPlan(List.of(), new EpochTimes(1, 0, Watermark.NONE, Watermark.NONE)));
  private static final QueryLedger COMMITTED =
      PLANNED.committed(new EpochCommit(1, Watermark.NONE, EventCounts.NONE, List.of()));

  @Test
  void operators_keepTheirNumbers_whateverTheirPlaces() {
    OperatorNumbers numbers =
        numbers(List.of(A, B), operator("b", EVENT_TIME), operator("a", NONE));

    assertThat(numbers.ofPlace(0)).isEqualTo(1);
    assertThat(numbers.ofPlace(1)).isEqualTo(0);
    assertThat(numbers.added()).isEmpty();
    assertThat(numbers.mismatch(created(A, B), COMMITTED)).isNull();
  }

  @Test
  void operatorsThatTheJournalLacks_areAdded_exceptDuringAnEpoch() {
    OperatorNumbers numbers = numbers(List.of(A), operator("b", EVENT_TIME), operator("a", NONE));

    assertThat(numbers.added()).containsExactly(B);
    assertThat(numbers.mismatch(created(A), COMMITTED)).isNull();
    assertThat(numbers.mismatch(created(A), PLANNED))
        .isEqualTo(
            "operator [b] can't be added while epoch [1] is unfinished, as the sink may have its rows already; start the query without the operator until the epoch is committed, then add it");
  }

  @Test
  void operatorThatTheCodeLacks_isAMismatch() {
    assertThat(
            numbers(List.of(A, B), operator("b", EVENT_TIME), operator("c", NONE))
                .mismatch(created(A, B), COMMITTED))
        .isEqualTo(
            "the stateful operators must include [a], whose groups are in the journal, were [b, c]; put it back under that name with named(\"a\"), or start a query of another name");
  }

  @Test
  void operatorWithAnotherTimeout_isAMismatch() {
    assertThat(numbers(List.of(A), operator("a", EVENT_TIME)).mismatch(created(A), COMMITTED))
        .isEqualTo(
            "operator [a] must have timeout [NONE], as when it was first started, has [EVENT_TIME]; set it back, or give the operator a new name and lose its groups");
  }

  @Test
  void addedOperatorWithInitialState_isAMismatch_afterTheFirstEpoch() {
    OperatorNumbers numbers =
        numbers(
            List.of(A),
            operator("a", NONE),
            operator("b", NONE, Optional.of(InitialState.of(Integer.class, Map.of("k", 1)))));

    assertThat(numbers.mismatch(created(A), FRESH)).isNull();
    assertThat(numbers.mismatch(created(A), COMMITTED))
        .isEqualTo(
            "operator [b] can't be added with an initial state, as initial states are read in a query's first epoch only; leave the initial state out, or start a query of another name");
  }

  private static OperatorNumbers numbers(
      List<CreatedOperator> known, CompiledOperator... operators) {
    return new OperatorNumbers(List.of(operators), known);
  }

  private static QueryCreated created(CreatedOperator... operators) {
    return new QueryCreated(ID, 4, List.of(operators), 1, WatermarkPolicy.MIN);
  }

  private static CompiledOperator operator(String name, GroupStateTimeout timeout) {
    return operator(name, timeout, Optional.empty());
  }

  private static CompiledOperator operator(
      String name, GroupStateTimeout timeout, Optional<InitialState<?, ?>> initial) {
    StatefulOperator operator =
        new StatefulOperator(
            "kind",
            Optional.of(name),
            OutputMode.APPEND,
            timeout,
            StateType.of(Integer.class),
            initial,
            DeclaredState.NONE,
            Set.of());
    Stage.Group group =
        new Stage.Group(
            event -> event,
            Optional.empty(),
            operator,
            new GroupCode.Function((key, events, state) -> Collections.emptyIterator()));
    return CompiledOperator.of(group, false, new Route(List.of(), 0, Route.SINK));
  }
}
