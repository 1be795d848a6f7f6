package io.vellamo.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures of nodes and sessions that the sample prints. */
final class NodeFiguresTest {
  @Test
  void shards_thatFollowEachOther_areARange() {
    assertThat(new NodeFigures(2, "up", List.of(0, 1, 2, 5, 7, 8), 12, 3_000).line())
        .isEqualTo("  2     up         0-2, 5, 7-8                   12      3000");
    assertThat(new NodeFigures(3, "killed", List.of(), 0, 7).line())
        .isEqualTo("  3     killed     -                              0         7");
  }

  @Test
  void sessions_inAnotherOrder_areEqual() {
    assertThat(SessionDifference.of(sessions(1, 2, 2), sessions(2, 1, 2)).isNone()).isTrue();
  }

  @Test
  void session_thatIsThereTwiceOrNot_isFound() {
    assertThat(SessionDifference.of(sessions(1, 2, 2, 4), sessions(1, 2, 3, 5)))
        .isEqualTo(new SessionDifference(2, 2));
    assertThat(SessionDifference.of(sessions(1), sessions(1, 1)))
        .isEqualTo(new SessionDifference(1, 0));
    assertThat(SessionDifference.of(sessions(1, 1), sessions(1)).isNone()).isFalse();
  }

  private static List<VisitSession> sessions(int... visits) {
    return Arrays.stream(visits)
        .mapToObj(count -> new VisitSession("user-1", Instant.EPOCH, Instant.EPOCH, count))
        .toList();
  }
}
