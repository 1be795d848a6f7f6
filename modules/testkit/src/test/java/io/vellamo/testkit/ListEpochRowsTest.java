package io.vellamo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.sink.RowId;
import org.junit.jupiter.api.Test;

final class ListEpochRowsTest {
  @Test
  void rows_keepOrderAndIdentity() {
    ListEpochRows<String> rows = ListEpochRows.of("q", 7, "a", "b");

    assertThat(rows.size()).isEqualTo(2);
    assertThat(rows.row(1)).isEqualTo("b");
    assertThat(rows.id(1)).isEqualTo(new RowId("q", 7, 0, 1));
  }

  @Test
  void epoch_belowOne_isRefused() {
    assertThatThrownBy(() -> ListEpochRows.of("q", 0, "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epoch must be positive, was [0]");
  }
}
