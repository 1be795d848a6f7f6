package io.vellamo.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LawsTest {
  @Test
  void lists_thatDiffer_messageShowsTheFirstDifference() {
    assertThatThrownBy(() -> Laws.requireSame("order is kept", "row", List.of(1, 2), List.of(1, 3)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "law broken: order is kept; [2] must be there, were [2]; the first difference is row"
                + " [1], must be [2], was [3]");
    assertThatThrownBy(() -> Laws.requireSame("all are kept", "row", List.of(1, 2), List.of(1)))
        .hasMessageEndingWith("the first difference is row [1], must be [2], was [nothing]");
    Laws.requireSame("all are kept", "row", List.of(1), List.of(1));
  }

  @Test
  void lists_thatDifferInAnyOrder_messageShowsSomeOfEach() {
    List<Integer> many = IntStream.range(0, 12).boxed().toList();

    assertThatThrownBy(() -> Laws.requireSameInAnyOrder("once", List.of(1, 2), List.of(2, 2)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("law broken: once; [2] must be there, were [2]; missing [1], unexpected [2]");
    assertThatThrownBy(() -> Laws.requireSameInAnyOrder("once", many, List.of()))
        .hasMessageEndingWith("missing [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] and [2] more, unexpected []");
    Laws.requireSameInAnyOrder("once", List.of(1, 2, 1), List.of(1, 1, 2));
  }
}
