package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TopRowsTest {
  private static final Row LOW = new Row(1, 0, 5, 0, 0);
  private static final Row HIGH = new Row(2, 0, 7, 0, 0);
  private static final Row AS_HIGH = new Row(3, 0, 7, 0, 0);

  @Test
  void rows_areThoseWithTheGreatestFigure() {
    TopRows top = TopRows.NONE.with(LOW).with(HIGH).with(LOW).with(AS_HIGH);

    assertThat(top.rows()).containsExactly(HIGH, AS_HIGH);
  }

  @Test
  void rows_ofParts_areThoseOfTheWhole() {
    TopRows one = TopRows.NONE.with(LOW).with(HIGH);

    assertThat(one.and(TopRows.NONE.with(AS_HIGH)).rows()).containsExactly(HIGH, AS_HIGH);
    assertThat(TopRows.NONE.with(LOW).and(one)).isEqualTo(one);
    assertThat(one.and(TopRows.NONE)).isEqualTo(one);
  }
}
