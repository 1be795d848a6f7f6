package io.vellamo.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.sink.RowId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowReferenceTest {
  private static final RowId ID = new RowId("orders.v-2", 12, 3, 40);
  private static final String QUERY_ID = "5f0c3c1e-9c1b-4a52-8a5a-0d6f8f0b7d11";

  @Test
  void text_ofARowId_withOrWithoutTheQuery_isTheRow() {
    assertThat(RowReference.parse("orders.v-2", ID.toString())).isEqualTo(RowReference.of(ID));
    assertThat(RowReference.parse("orders.v-2", "12/3/40")).isEqualTo(RowReference.of(ID));
    assertThat(RowReference.parse("orders.v-2", "12/-1/40").id().shard()).isEqualTo(-1);
  }

  @Test
  void keyOfAWebhook_namesTheQueryItself_andTheFirstRowOfARequest() {
    RowReference expected = new RowReference(ID, UUID.fromString(QUERY_ID), null);

    assertThat(RowReference.parse("orders.v-2", "orders.v-2/" + QUERY_ID + "/12/3/40"))
        .isEqualTo(expected);
    assertThat(RowReference.parse("orders.v-2", "orders.v-2/" + QUERY_ID + "/12/3/40+100"))
        .isEqualTo(expected);
  }

  @Test
  void row_ofAnotherQuery_isRefused() {
    assertThatThrownBy(() -> RowReference.parse("visits", ID.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "row must be one of query [visits], was [orders.v-2/12/3/40] of query [orders.v-2]; name that query");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "12", "12/3", "a/b/c", "orders.v-2/12/3/", "12/3/9999999999999999999"})
  void otherText_isRefused(String text) {
    assertThatThrownBy(() -> RowReference.parse("orders.v-2", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("row must be an id as sinks write it")
        .hasMessageContaining("was [" + text + "]");
  }
}
