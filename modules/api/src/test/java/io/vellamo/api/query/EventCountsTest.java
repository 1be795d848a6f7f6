package io.vellamo.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class EventCountsTest {
  @Test
  void input_isTheSumOfAllFates() {
    assertThat(new EventCounts(5, 3, 2).input()).isEqualTo(10);
  }

  @Test
  void plus_addsEachFate() {
    assertThat(new EventCounts(1, 2, 3).plus(new EventCounts(10, 20, 30)))
        .isEqualTo(new EventCounts(11, 22, 33));
  }

  @Test
  void counts_negative_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EventCounts(0, -1, 0))
        .withMessage("counts must not be negative, were [0, -1, 0]");
    assertThatIllegalArgumentException().isThrownBy(() -> new EventCounts(-1, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new EventCounts(0, 0, -1));
  }
}
