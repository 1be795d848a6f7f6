package io.vellamo.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One group of sessions with a gap of ten milliseconds, epoch by epoch. */
final class SessionAggregationTest {
  private static final Windows<Object> TEN = Window.session(Duration.ofMillis(10));

  @Test
  void session_isEmittedOnceTheWatermarkHasPassedItsEnd() throws Exception {
    AggregationGroup group = AggregationGroup.of(TEN, OutputMode.APPEND);

    assertThat(group.at(Watermark.NONE, 5L, 8L)).isEmpty();
    assertThat(group.at(18, 18L)).isEmpty();
    assertThat(group.at(28)).isEmpty();
    assertThat(group.at(29)).containsExactly("[5,28)=3");
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void event_mergesTheSessionsThatItTouches() throws Exception {
    AggregationGroup group = AggregationGroup.of(TEN, OutputMode.APPEND);
    group.at(Watermark.NONE, 0L, 20L, 40L, 80L);
    assertThat(group.open()).isEqualTo(4);

    assertThat(group.at(Watermark.NONE, 10L, 30L)).isEmpty();
    assertThat(group.open()).isEqualTo(2);
    assertThat(group.at(200)).containsExactly("[0,50)=5", "[80,90)=1");
  }

  @Test
  void event_mergesSessionsThatAreNotStored() throws Exception {
    AggregationGroup group = AggregationGroup.of(TEN, OutputMode.APPEND);

    assertThat(group.at(200, 0L, 20L, 10L, 60L, 55L)).containsExactly("[0,30)=3", "[55,70)=2");
  }

  @Test
  void earlierEvent_movesTheStart() throws Exception {
    AggregationGroup group = AggregationGroup.of(TEN, OutputMode.APPEND);
    group.at(Watermark.NONE, 20L);
    group.at(Watermark.NONE, 12L);

    assertThat(group.open()).isEqualTo(1);
    assertThat(group.at(31)).containsExactly("[12,30)=2");
  }

  @Test
  void complete_emitsWhatChanged_andKeepsIt() throws Exception {
    AggregationGroup group = AggregationGroup.of(TEN, OutputMode.COMPLETE);
    group.at(Watermark.NONE, 5L, 50L);

    assertThat(group.at(100, 6L)).containsExactly("[5,16)=2");
    assertThat(group.at(Watermark.END)).isEmpty();
    assertThat(group.open()).isEqualTo(2);
  }

  @Test
  void eventsWithoutEventTimeOrGap_changeNothing() throws Exception {
    AggregationGroup without = AggregationGroup.of(TEN, OutputMode.APPEND);
    assertThat(without.at(5, null, null)).isEmpty();
    assertThat(without.isEmpty()).isTrue();

    Windows<Object> noGap = Window.session(event -> Duration.ZERO);
    AggregationGroup group = AggregationGroup.of(noGap, OutputMode.APPEND);
    assertThat(group.at(5, 6L)).isEmpty();
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void sessionAtTheEndOfTime_isClosedByTheLastWatermark() throws Exception {
    AggregationGroup group = AggregationGroup.of(TEN, OutputMode.APPEND);
    long last = Long.MAX_VALUE - 1;
    group.at(Watermark.NONE, last);

    assertThat(group.at(last)).hasSize(1);
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void timerThatIsLeftOut_removesItsSessions_andTheNextAreEmitted() throws Exception {
    AggregationGroup group = AggregationGroup.of(TEN, OutputMode.APPEND).bad(5L);
    group.at(Watermark.NONE, 5L, 30L);

    assertThatIllegalStateException().isThrownBy(() -> group.at(16));
    assertThat(group.leavingOut(16)).isEmpty();
    assertThat(group.at(41)).containsExactly("[30,40)=1");
  }

  @Test
  void batch_emitsAllSessions() throws Exception {
    assertThat(AggregationGroup.inBatch(TEN).at(Watermark.NONE, 30L, null, 5L, 15L, 50L))
        .containsExactly("[5,25)=2", "[30,40)=1", "[50,60)=1");
  }
}
