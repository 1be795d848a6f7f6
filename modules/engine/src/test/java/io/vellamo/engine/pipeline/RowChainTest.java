package io.vellamo.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.plan.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowChainTest {
  @Test
  void rows_passTheStagesInOrder() {
    RowChain chain =
        new RowChain(
            List.of(
                new Stage.Filter(row -> !row.equals("b")),
                new Stage.Map(row -> row + "!"),
                new Stage.FlatMap(row -> List.of(row, row))));

    assertThat(chain.apply(List.of("a", "b", "c"))).containsExactly("a!", "a!", "c!", "c!");
  }

  @Test
  void rows_withoutStages_passAsTheyAre() {
    List<Object> rows = List.of("a");

    assertThat(new RowChain(List.of()).apply(rows)).isSameAs(rows);
  }

  @Test
  void rows_ofTheNextCall_startAnew() {
    RowChain chain = new RowChain(List.of(new Stage.Map(row -> row)));
    List<Object> first = chain.apply(List.of("a"));

    assertThat(chain.apply(List.of("b"))).containsExactly("b");
    assertThat(first).containsExactly("a");
  }

  @Test
  void failure_namesTheStep() {
    IllegalStateException thrown = new IllegalStateException("secret row");
    RowChain chain =
        new RowChain(
            List.of(
                new Stage.Map(
                    row -> {
                      throw thrown;
                    })));

    assertThatExceptionOfType(RowFailure.class)
        .isThrownBy(() -> chain.apply(List.of("a")))
        .withMessage(
            "map behind the stateful operator failed with [java.lang.IllegalStateException]")
        .withCause(thrown);
  }

  @Test
  void groupStage_isRefused() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> new RowChain(List.of(Plans.groups(GroupStateTimeout.NONE))))
        .withMessageStartingWith("unhandled ");
  }
}
