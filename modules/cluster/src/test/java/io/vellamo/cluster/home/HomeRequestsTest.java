package io.vellamo.cluster.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.protocol.query.QueryRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class HomeRequestsTest {
  private static final UUID HANDLE = new UUID(1, 1);
  private static final List<HandleCommand.Answered> ANSWER =
      List.of(new HandleCommand.Answered(1, 0, true, new byte[] {1}));

  private final HomeRequests requests = new HomeRequests();

  private static HomeCommand.Ask ask(long id, long lowest) {
    return new HomeCommand.Ask(HANDLE, lowest, new QueryRequest.Settle(id));
  }

  @Test
  void request_thatArrivesTwice_isTakenOnce() {
    assertThat(requests.take(ask(1, 1))).isTrue();
    assertThat(requests.take(ask(1, 1))).isFalse();
    assertThat(requests.pending()).hasSize(1);
  }

  @Test
  void answeredRequest_thatArrivesAgain_hasTheSameAnswer() {
    requests.take(ask(1, 1));
    requests.answered(HANDLE, 1, ANSWER);

    assertThat(requests.take(ask(1, 1))).isFalse();
    assertThat(requests.answer(HANDLE, 1)).isEqualTo(ANSWER);
    assertThat(requests.pending()).isEmpty();
  }

  @Test
  void answer_thatTheHandleHas_isForgotten() {
    requests.take(ask(1, 1));
    requests.answered(HANDLE, 1, ANSWER);

    requests.take(ask(2, 2));

    assertThat(requests.answer(HANDLE, 1)).isEmpty();
    assertThat(requests.request(HANDLE, 1)).isNull();
    assertThat(requests.request(HANDLE, 2)).isEqualTo(new QueryRequest.Settle(2));
  }

  @Test
  void unansweredRequests_ofAHandleThatHasGone_areForgotten() {
    requests.take(ask(1, 1));

    requests.remove(HANDLE);

    assertThat(requests.pending()).isEmpty();
    assertThat(requests.answer(HANDLE, 1)).isEmpty();
  }
}
