package io.vellamo.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.internal.DeclaredState;
import io.vellamo.api.internal.GroupCode;
import io.vellamo.api.internal.Stage;
import io.vellamo.api.internal.StatefulOperator;
import io.vellamo.api.process.Declarations;
import io.vellamo.api.process.EventTimer;
import io.vellamo.api.process.GroupContext;
import io.vellamo.api.process.GroupProcessor;
import io.vellamo.api.process.ProcessingTimer;
import io.vellamo.api.process.TimerName;
import io.vellamo.api.process.Variable;
import io.vellamo.api.process.Variables;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.DefinitionRecord.VariablesDeclared;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.pipeline.CompiledOperator;
import io.vellamo.engine.pipeline.Route;
import io.vellamo.engine.variable.CreatedVariable;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The variables of an operator between starts of its query. */
final class OperatorVariablesTest {
  private static final UUID ID = new UUID(1, 2);
  private static final Variable COUNT = Variables.value("count", Integer.class);
  private static final Variable OPEN = Variables.map("open", String.class, Integer.class);
  private static final Variable SEEN = Variables.list("seen", String.class);
  private static final TimerName DUE = EventTimer.named("due");

  @Test
  void firstStart_numbersVariablesBeforeTimers() {
    OperatorNumbers numbers = numbers(List.of(), List.of(COUNT, OPEN), DUE);

    CreatedOperator created = numbers.added().get(0);

    assertThat(created.hasVariables()).isTrue();
    assertThat(names(created.variables())).containsExactly("count", "open", "due");
    assertThat(numbers(numbers.added(), List.of(OPEN, COUNT), DUE).variablesOfPlace(0))
        .containsExactly(1, 0, 2);
  }

  @Test
  void sameDeclarations_changeNothing() {
    List<CreatedOperator> known = numbers(List.of(), List.of(COUNT, OPEN), DUE).added();

    assertThat(numbers(known, List.of(OPEN, COUNT), DUE).declared()).isEmpty();
    assertThat(mismatch(known, List.of(OPEN, COUNT), DUE)).isNull();
  }

  @Test
  void droppedVariable_keepsItsNumber_andReturnsWithAnother() {
    List<CreatedOperator> first = numbers(List.of(), List.of(COUNT, OPEN), DUE).added();
    List<CreatedOperator> second = after(first, List.of(OPEN, SEEN), DUE);
    List<CreatedOperator> third = after(second, List.of(COUNT, OPEN, SEEN), DUE);

    assertThat(second.get(0).variables())
        .extracting(CreatedVariable::isDropped)
        .containsExactly(true, false, false, false);
    assertThat(names(third.get(0).variables()))
        .containsExactly("count", "open", "due", "seen", "count");
    assertThat(numbers(third, List.of(COUNT, OPEN, SEEN), DUE).variablesOfPlace(0))
        .containsExactly(4, 1, 3, 2);
  }

  @Test
  void otherKindOrClock_isRefused() {
    List<CreatedOperator> known = numbers(List.of(), List.of(COUNT), DUE).added();

    assertThat(mismatch(known, List.of(Variables.list("count", Integer.class)), DUE))
        .isEqualTo(
            "variable or timer [count] of operator [process] must be [VALUE], as in the journal,"
                + " is [LIST]; change it back, or use a new name and lose its values");
    assertThat(
            mismatch(
                known,
                List.of(
                    Variables.value("count", Integer.class).expiresAfterWrite(Duration.ofDays(1))),
                DUE))
        .contains("is [VALUE in PROCESSING_TIME]");
    assertThat(mismatch(known, List.of(COUNT), ProcessingTimer.named("due")))
        .contains("must be [TIMERS in EVENT_TIME]", "is [TIMERS in PROCESSING_TIME]");
  }

  @Test
  void operatorOfAnotherKind_isRefused() {
    CreatedOperator single = new CreatedOperator("process", GroupStateTimeout.NONE);

    assertThat(mismatch(List.of(single), List.of(COUNT), DUE))
        .contains("must have a single state, not variables as process and windows do");
  }

  @Test
  void journal_appliesDeclarations() {
    List<CreatedOperator> known = numbers(List.of(), List.of(COUNT), DUE).added();
    QueryState state =
        QueryState.EMPTY.after(new QueryCreated(ID, 1, known, 1, WatermarkPolicy.MIN));

    QueryState after =
        state.after(
            new VariablesDeclared(
                0, numbers(known, List.of(SEEN), DUE).declared().get(0).variables()));

    assertThat(names(after.knownCreated().operators().get(0).variables()))
        .containsExactly("count", "due", "seen");
  }

  private static List<CreatedOperator> after(
      List<CreatedOperator> known, List<Variable> variables, TimerName timer) {
    VariablesDeclared declared = numbers(known, variables, timer).declared().get(0);
    return List.of(known.get(0).with(declared.variables()));
  }

  private static @Nullable String mismatch(
      List<CreatedOperator> known, List<Variable> variables, TimerName timer) {
    QueryCreated created = new QueryCreated(ID, 1, known, 1, WatermarkPolicy.MIN);
    return numbers(known, variables, timer).mismatch(created, QueryLedger.created(ID, 1));
  }

  private static List<String> names(List<CreatedVariable> variables) {
    return variables.stream().map(CreatedVariable::name).toList();
  }

  private static OperatorNumbers numbers(
      List<CreatedOperator> known, List<Variable> variables, TimerName timer) {
    Declared processor = new Declared(variables, timer);
    StatefulOperator operator =
        StatefulOperator.processing(
            "process", OutputMode.APPEND, Optional.empty(), DeclaredState.of(processor));
    Stage.Group stage =
        new Stage.Group(
            event -> event,
            Optional.empty(),
            operator,
            new GroupCode.Processor(processor, Optional.empty()));
    Route toSink = new Route(List.of(), 0, Route.SINK);
    return new OperatorNumbers(List.of(CompiledOperator.of(stage, true, toSink)), known);
  }

  private record Declared(List<Variable> variables, TimerName timer)
      implements GroupProcessor<String, String, String> {
    @Override
    public void declare(Declarations declarations) {
      variables.forEach(declarations::use);
      declarations.use(timer);
    }

    @Override
    public void onEvents(String key, Iterator<String> events, GroupContext<String> group) {}
  }
}
