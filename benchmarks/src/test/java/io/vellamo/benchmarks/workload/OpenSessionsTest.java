package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OpenSessionsTest {
  private static final long GAP = OpenSessions.GAP_MILLIS;

  @Test
  void events_exactlyTheGapApart_areOneSession() {
    assertThat(sessions(0, GAP)).isEqualTo(new OpenSessions(0, GAP, 2, 2, null));
  }

  @Test
  void events_furtherThanTheGapApart_areTwoSessionsByStart() {
    OpenSessions first =
        new OpenSessions(0, 0, 1, 1, new OpenSessions(GAP + 1, GAP + 1, 1, 1, null));

    assertThat(sessions(0, GAP + 1)).isEqualTo(first);
    assertThat(sessions(GAP + 1, 0)).isEqualTo(first);
  }

  @Test
  void event_betweenTwoSessions_makesThemOne() {
    assertThat(sessions(0, GAP + 1, 2 * GAP + 2, GAP))
        .isEqualTo(
            new OpenSessions(
                0, GAP + 1, 3, 3, new OpenSessions(2 * GAP + 2, 2 * GAP + 2, 1, 1, null)));
  }

  @Test
  void session_isClosed_onceTheWatermarkIsGreaterThanItsEndAndTheGap() {
    OpenSessions open = sessions(1000);

    assertThat(open.isClosed(1000 + GAP)).isFalse();
    assertThat(open.isClosed(1000 + GAP + 1)).isTrue();
  }

  @Test
  void sessions_writtenToABuffer_takeWhatTheyHold() {
    ByteBuffer buffer = ByteBuffer.allocate(KeyState.MOST_BYTES);

    sessions(0, GAP + 1).writeTo(buffer);

    assertThat(buffer.position()).isEqualTo(2 * 4 * Long.BYTES);
  }

  private static OpenSessions sessions(long first, long... others) {
    OpenSessions open = with(null, first);
    for (long time : others) {
      open = with(open, time);
    }
    return open;
  }

  private static OpenSessions with(@Nullable OpenSessions open, long time) {
    return OpenSessions.with(open, new Event(7, time, 1, 0));
  }
}
