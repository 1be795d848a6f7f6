package io.vellamo.samples.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenSessionsTest {
  private static final Duration GAP = Duration.ofSeconds(10);
  private static final Instant START = Instant.parse("2018-01-01T11:00:00Z");

  @Test
  void event_exactlyTheGapAfter_joins() {
    assertThat(after(0, 10).sessions()).containsExactly(session(0, 10, 2));
  }

  @Test
  void event_furtherThanTheGap_startsItsOwn() {
    assertThat(after(0, 11).sessions()).containsExactly(session(0, 0, 1), session(11, 11, 1));
  }

  @Test
  void event_exactlyTheGapBefore_movesTheStart() {
    assertThat(after(10, 0).sessions()).containsExactly(session(0, 10, 2));
  }

  @Test
  void event_between_makesTwoSessionsOne() {
    assertThat(after(0, 20).sessions()).hasSize(2);
    assertThat(after(0, 20, 10).sessions()).containsExactly(session(0, 20, 3));
  }

  @Test
  void event_inside_isCounted() {
    assertThat(after(0, 8, 4).sessions()).containsExactly(session(0, 8, 3));
  }

  @Test
  void session_atEndPlusGap_isOpen() {
    OpenSessions sessions = after(0);

    assertThat(sessions.closed(at(10), GAP)).isEmpty();
    assertThat(sessions.open(at(10), GAP)).isEqualTo(sessions);
  }

  @Test
  void session_behindEndPlusGap_isClosed() {
    OpenSessions sessions = after(0, 30);

    assertThat(sessions.closed(at(11), GAP)).containsExactly(session(0, 0, 1));
    assertThat(sessions.open(at(11), GAP).sessions()).containsExactly(session(30, 30, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sessions_ofShuffledEventsInBatches_areThoseOfSortedEvents(long seed) {
    Random random = new Random(seed);
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      times.add(at(random.nextInt(3000)));
    }
    List<Session> expected = bySorting(times);
    Collections.shuffle(times, random);

    OpenSessions sessions = OpenSessions.NONE;
    for (int from = 0; from < times.size(); ) {
      int to = Math.min(times.size(), from + 1 + random.nextInt(50));
      sessions = sessions.with(times.subList(from, to), GAP);
      from = to;
    }

    assertThat(sessions.sessions()).as("seed %d", seed).isEqualTo(expected);
  }

  /** The definition, read word by word: neighbours in time at most the gap apart. */
  private static List<Session> bySorting(List<Instant> times) {
    List<Session> sessions = new ArrayList<>();
    for (Instant time : times.stream().sorted().toList()) {
      int last = sessions.size() - 1;
      if (last >= 0 && !time.isAfter(sessions.get(last).end().plus(GAP))) {
        Session session = sessions.get(last);
        sessions.set(last, new Session(session.start(), time, session.events() + 1));
      } else {
        sessions.add(new Session(time, time, 1));
      }
    }
    return sessions;
  }

  private static OpenSessions after(int... seconds) {
    List<Instant> times = new ArrayList<>();
    for (int second : seconds) {
      times.add(at(second));
    }
    return OpenSessions.NONE.with(times, GAP);
  }

  private static Session session(int start, int end, long events) {
    return new Session(at(start), at(end), events);
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
