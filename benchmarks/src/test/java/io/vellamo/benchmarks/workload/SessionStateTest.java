package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SessionStateTest {
  private static final long GAP = SessionState.GAP_MILLIS;

  @Test
  void events_exactlyTheGapApart_areOneSession() {
    assertThat(sessions(0, GAP)).isEqualTo(new SessionState(0, GAP, 2, 2, null));
  }

  @Test
  void events_furtherThanTheGapApart_areTwoSessionsByStart() {
    SessionState first =
        new SessionState(0, 0, 1, 1, new SessionState(GAP + 1, GAP + 1, 1, 1, null));

    assertThat(sessions(0, GAP + 1)).isEqualTo(first);
    assertThat(sessions(GAP + 1, 0)).isEqualTo(first);
  }

  @Test
  void event_betweenTwoSessions_makesThemOne() {
    assertThat(sessions(0, GAP + 1, 2 * GAP + 2, GAP))
        .isEqualTo(
            new SessionState(
                0, GAP + 1, 3, 3, new SessionState(2 * GAP + 2, 2 * GAP + 2, 1, 1, null)));
  }

  @Test
  void session_isClosed_onceTheWatermarkIsGreaterThanItsEndAndTheGap() {
    SessionState open = sessions(1000);

    assertThat(open.isClosed(1000 + GAP)).isFalse();
    assertThat(open.isClosed(1000 + GAP + 1)).isTrue();
  }

  @Test
  void sessions_writtenToABuffer_takeWhatTheyHold() {
    ByteBuffer buffer = ByteBuffer.allocate(KeyState.MOST_BYTES);

    sessions(0, GAP + 1).writeTo(buffer);

    assertThat(buffer.position()).isEqualTo(2 * 4 * Long.BYTES);
  }

  private static SessionState sessions(long first, long... others) {
    SessionState open = with(null, first);
    for (long time : others) {
      open = with(open, time);
    }
    return open;
  }

  private static SessionState with(@Nullable SessionState open, long time) {
    return SessionState.with(open, new Event(7, time, 1, 0));
  }
}
