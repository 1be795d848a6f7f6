package io.vellamo.engine.pipeline;

import static io.vellamo.api.group.GroupStateTimeout.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.internal.Stage;
import io.vellamo.engine.group.EventCopies;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.pipeline.CompiledOperator.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowChainTest {
  @Test
  void rows_passTheStagesInOrder() {
    RowChain chain =
        chain(
            new Stage.Filter(row -> !row.equals("b")),
            new Stage.Map(row -> row + "!"),
            new Stage.FlatMap(row -> List.of(row, row)));

    assertThat(chain.apply(List.of("a", "b", "c"))).containsExactly("a!", "a!", "c!", "c!");
  }

  @Test
  void rows_withoutStages_passAsTheyAre() {
    List<Object> rows = List.of("a");

    assertThat(chain().apply(rows)).isSameAs(rows);
  }

  @Test
  void rows_withEventTimes_passWithoutThem() {
    RowChain chain =
        new RowChain(
            CompiledOperator.of(
                Plans.deduplicate(),
                new Place(Duration.ZERO, true, Duration.ZERO, new Route(List.of(), 0, Route.SINK))),
            EventCopies.NONE);

    assertThat(chain.apply(List.of(new TimedRow("a", Instant.ofEpochMilli(5)), "b")))
        .containsExactly("a", "b");
  }

  @Test
  void rows_ofTheNextCall_startAnew() {
    RowChain chain = chain(new Stage.Map(row -> row));
    List<Object> first = chain.apply(List.of("a"));

    assertThat(chain.apply(List.of("b"))).containsExactly("b");
    assertThat(first).containsExactly("a");
  }

  @Test
  void failure_namesTheStep() {
    IllegalStateException thrown = new IllegalStateException("secret row");
    RowChain chain =
        chain(
            new Stage.Map(
                row -> {
                  throw thrown;
                }));

    assertThatExceptionOfType(RowFailure.class)
        .isThrownBy(() -> chain.apply(List.of("a")))
        .withMessage(
            "map behind the stateful operator failed with [java.lang.IllegalStateException]")
        .withCause(thrown);
  }

  @Test
  void groupStage_isRefused() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> chain(Plans.groups(NONE)))
        .withMessageStartingWith("unhandled ");
  }

  private static RowChain chain(Stage... stages) {
    return new RowChain(
        CompiledOperator.of(Plans.groups(NONE), false, new Route(List.of(stages), 0, Route.SINK)),
        EventCopies.NONE);
  }
}
