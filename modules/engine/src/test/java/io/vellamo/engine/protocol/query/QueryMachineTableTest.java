package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.engine.protocol.TableCell;
import io.vellamo.engine.protocol.query.QueryMachine.State;
import io.vellamo.engine.protocol.query.RunningEpoch.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks every transition of the table in {@code QueryMachine.md}. */
final class QueryMachineTableTest {
  private static final Path TABLE =
      Path.of("src/main/java/io/vellamo/engine/protocol/query/QueryMachine.md");

  @Test
  void table_hasEveryPositionAndInput() throws IOException {
    List<TableCell> cells = cells().toList();

    assertThat(cells.stream().map(TableCell::input).distinct())
        .containsExactlyElementsOf(QueryTableInputs.rows().keySet());
    for (String input : QueryTableInputs.rows().keySet()) {
      assertThat(cells.stream().filter(cell -> cell.input().equals(input)).map(TableCell::position))
          .containsExactlyElementsOf(positions());
    }
  }

  @Test
  void reasons_areThoseOfTheImpossibleCells() throws IOException {
    assertThat(
            cells()
                .map(TableCell::outcome)
                .filter(each -> each.startsWith("impossible"))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(TableCell.reasons(TABLE));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void transition_isThatOfTheTable(TableCell cell) {
    QueryTableInputs.Row row =
        Objects.requireNonNull(QueryTableInputs.rows().get(cell.input()), cell.input());
    MachineRun run = row.walk().to(cell.position());
    assertThat(run.machine.position()).isEqualTo(cell.position());
    run.calls.clear();
    long ignored = run.machine.ignored();
    int waiting = run.machine.waiting();
    if (cell.outcome().startsWith("impossible ")) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> row.give().accept(run))
          .withMessageStartingWith("state [%s] has no input [".formatted(cell.position()));
      assertThat(run.calls).isEmpty();
      return;
    }

    row.give().accept(run);

    Outcome outcome = outcome(cell);
    assertThat(run.calls).isEqualTo(outcome.effects);
    assertThat(run.machine.position()).isEqualTo(outcome.next);
    assertThat(run.machine.ignored() - ignored).isEqualTo(outcome.isOutOfDate ? 1 : 0);
    assertThat(run.machine.waiting() - waiting).isEqualTo(outcome.waits ? 1 : 0);
  }

  /** A cell's outcome. */
  private record Outcome(String next, List<String> effects, boolean isOutOfDate, boolean waits) {}

  private static Outcome outcome(TableCell cell) {
    if (cell.outcome().equals("waits") || cell.outcome().equals("out of date")) {
      boolean waits = cell.outcome().equals("waits");
      return new Outcome(cell.position(), List.of(), !waits, waits);
    }
    String[] parts = cell.outcome().split(": ", 2);
    String next = parts[0].equals("=") ? cell.position() : parts[0];
    List<String> effects =
        parts[1].equals("-") ? List.of() : Arrays.asList(parts[1].split(" ", -1));
    return new Outcome(next, effects, false, false);
  }

  /**
   * Returns the states, with the steps of an epoch, what is journaled, and the wait for another
   * call in place of RUNNING.
   */
  private static List<String> positions() {
    List<String> positions = new ArrayList<>();
    for (State state : State.values()) {
      if (state == State.RUNNING) {
        positions.add("JOURNALING");
        positions.add("COMMITTING");
        Arrays.stream(Step.values()).map(Step::name).forEach(positions::add);
        positions.add("RETRYING");
      } else {
        positions.add(state.name());
      }
    }
    return positions;
  }

  static Stream<TableCell> cells() throws IOException {
    return TableCell.of(TABLE).stream();
  }
}
