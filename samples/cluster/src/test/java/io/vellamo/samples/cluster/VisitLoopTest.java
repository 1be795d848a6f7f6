package io.vellamo.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The visits of the sample, and their sessions. */
final class VisitLoopTest {
  private static final VisitLoop LOOP = new VisitLoop(500, 20_000);

  @Test
  void visits_areInTheOrderOfTheirTimes() {
    List<LoopedVisit> visits = LongStream.range(0, LOOP.all()).mapToObj(LOOP::visit).toList();

    assertThat(visits).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
    assertThat(visits.get(20_000).user()).isEqualTo(VisitLoop.NOBODY);
  }

  @Test
  void lastVisit_isThere_whenAllOthersAre() {
    assertThat(LOOP.by(Duration.ofSeconds(-1))).isZero();
    assertThat(LOOP.by(Duration.ofSeconds(3))).isEqualTo(1_500);
    assertThat(LOOP.by(Duration.ofMillis(39_999))).isLessThan(20_000);
    assertThat(LOOP.by(Duration.ofSeconds(40))).isEqualTo(20_001);
  }

  @Test
  void users_haveSessionsInEachRound_andAllVisitsAreInOne(@TempDir Path directory)
      throws Exception {
    List<VisitSession> sessions = SingleNode.sessions(LOOP, directory);

    assertThat(sessions.stream().mapToLong(VisitSession::visits).sum()).isEqualTo(20_000);
    assertThat(sessions.stream().filter(session -> session.userName().equals("user-300")))
        .hasSize(2);
    assertThat(directory).isEmptyDirectory();
  }
}
