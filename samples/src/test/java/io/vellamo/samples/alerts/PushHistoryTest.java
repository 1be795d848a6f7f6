package io.vellamo.samples.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.samples.alerts.PushHistory.Alert;
import io.vellamo.samples.alerts.PushHistory.Judged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PushHistoryTest {
  private static final PushRule RULE = new PushRule(3, Duration.ofSeconds(10));
  private static final Instant START = Instant.parse("2018-01-01T11:00:00Z");

  @Test
  void push_thatIsOneTooMany_raisesAnAlert() {
    assertThat(alerts(0, 1, 2)).containsExactly(alert(2, 3));
  }

  @Test
  void push_exactlyTheWindowAgo_doesNotCount() {
    assertThat(alerts(0, 5, 10)).isEmpty();
    assertThat(alerts(0, 5, 9)).containsExactly(alert(9, 3));
  }

  @Test
  void pushes_whileStillTooMany_raiseNoOtherAlert() {
    assertThat(alerts(0, 1, 2, 3, 4, 9)).containsExactly(alert(2, 3));
  }

  @Test
  void pushes_fewerAndThenTooManyAgain_raiseAnotherAlert() {
    assertThat(alerts(0, 1, 2, 15, 16, 17)).containsExactly(alert(2, 3), alert(17, 3));
  }

  @Test
  void pushes_ofOneMoment_countOneByOne() {
    assertThat(alerts(0, 0, 0, 0)).containsExactly(alert(0, 3));
  }

  @Test
  void push_atTheWatermark_isKept() {
    Judged judged = PushHistory.NONE.with(times(0, 1, 2)).judge(at(2), RULE);

    assertThat(judged.alerts()).isEmpty();
    assertThat(judged.history().pending()).containsExactly(at(2));
    assertThat(judged.history().isOver(at(2), RULE)).isFalse();
    assertThat(judged.history().nextDue(RULE)).isEqualTo(at(2));
  }

  @Test
  void history_withNothingPending_isOverWhenItsWindowIsEmpty() {
    PushHistory history = PushHistory.NONE.with(times(0, 1)).judge(at(5), RULE).history();

    assertThat(history.nextDue(RULE)).isEqualTo(at(11));
    assertThat(history.isOver(at(10), RULE)).isFalse();
    assertThat(history.isOver(at(11), RULE)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void alerts_ofDisorderedPushesInBatches_areThoseOfSortedPushes(long seed) {
    Random random = new Random(seed);
    int delay = 30;
    List<Instant> arrivals = new ArrayList<>();
    for (int second = 0; second < 1500; second += random.nextInt(8)) {
      arrivals.add(at(second + random.nextInt(delay)));
    }

    List<Alert> alerts = new ArrayList<>();
    PushHistory history = PushHistory.NONE;
    Instant watermark = Instant.EPOCH;
    Instant newest = Instant.EPOCH;
    for (int from = 0; from < arrivals.size(); ) {
      int to = Math.min(arrivals.size(), from + 1 + random.nextInt(20));
      List<Instant> batch = arrivals.subList(from, to);
      Judged judged = history.with(batch).judge(watermark, RULE);
      alerts.addAll(judged.alerts());
      history = judged.history().isOver(watermark, RULE) ? PushHistory.NONE : judged.history();
      for (Instant time : batch) {
        newest = time.isAfter(newest) ? time : newest;
      }
      watermark = newest.minusSeconds(delay);
      from = to;
    }
    alerts.addAll(history.judge(Instant.MAX, RULE).alerts());

    assertThat(alerts).as("seed %d", seed).isNotEmpty().isEqualTo(byDefinition(arrivals));
  }

  /** The definition, read word by word: each push is counted with all before it. */
  private static List<Alert> byDefinition(List<Instant> times) {
    List<Instant> sorted = times.stream().sorted().toList();
    List<Alert> alerts = new ArrayList<>();
    boolean armed = true;
    for (int i = 0; i < sorted.size(); i++) {
      Instant outside = sorted.get(i).minus(RULE.window());
      int count = (int) sorted.subList(0, i + 1).stream().filter(outside::isBefore).count();
      if (count >= RULE.pushes() && armed) {
        alerts.add(new Alert(sorted.get(i), count));
      }
      armed = count < RULE.pushes();
    }
    return alerts;
  }

  private static List<Alert> alerts(int... seconds) {
    return PushHistory.NONE.with(times(seconds)).judge(Instant.MAX, RULE).alerts();
  }

  private static Alert alert(int second, int count) {
    return new Alert(at(second), count);
  }

  private static List<Instant> times(int... seconds) {
    List<Instant> times = new ArrayList<>();
    for (int second : seconds) {
      times.add(at(second));
    }
    return times;
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }
}
