package io.vellamo.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vellamo.api.query.OutputMode;
import io.vellamo.api.window.Window;
import io.vellamo.api.window.Windows;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One group of windows and of no windows, epoch by epoch. */
final class WindowAggregationTest {
  private static final Windows<Object> TENS = Window.tumbling(Duration.ofMillis(10));
  private static final Windows<Object> SLIDING =
      Window.sliding(Duration.ofMillis(20), Duration.ofMillis(10));

  @Test
  void append_emitsAWindowAtItsEnd_andKeepsNothing() throws Exception {
    AggregationGroup group = AggregationGroup.of(TENS, OutputMode.APPEND);

    assertThat(group.at(Watermark.NONE, 1L, 12L, 3L)).isEmpty();
    assertThat(group.open()).isEqualTo(2);
    assertThat(group.at(9)).isEmpty();
    assertThat(group.at(10, 9L)).containsExactly("[0,10)=3");
    assertThat(group.open()).isEqualTo(1);
    assertThat(group.at(25)).containsExactly("[10,20)=1");
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void append_earlierWindow_bringsTheTimerForward() throws Exception {
    AggregationGroup group = AggregationGroup.of(TENS, OutputMode.APPEND);
    group.at(Watermark.NONE, 25L);
    group.at(8, 5L);

    assertThat(group.at(10)).containsExactly("[0,10)=1");
    assertThat(group.at(30)).containsExactly("[20,30)=1");
  }

  @Test
  void append_slidingWindows_leaveOutThoseThatAreClosed() throws Exception {
    AggregationGroup group = AggregationGroup.of(SLIDING, OutputMode.APPEND);
    group.at(12, 15L);
    group.at(13);

    assertThat(group.at(20, 5L)).containsExactly("[0,20)=2");
    assertThat(group.at(30)).containsExactly("[10,30)=1");
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void append_windowsWithoutSlices_areNotEmitted() throws Exception {
    AggregationGroup group = AggregationGroup.of(SLIDING, OutputMode.APPEND);
    group.at(Watermark.NONE, 5L, 105L);

    assertThat(group.at(Watermark.END))
        .containsExactly("[-10,10)=1", "[0,20)=1", "[90,110)=1", "[100,120)=1");
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void update_emitsTouchedWindows_andEvictsSlices() throws Exception {
    AggregationGroup group = AggregationGroup.of(SLIDING, OutputMode.UPDATE);

    assertThat(group.at(Watermark.NONE, 5L)).containsExactly("[-10,10)=1", "[0,20)=1");
    assertThat(group.at(12, 15L)).containsExactly("[0,20)=2", "[10,30)=1");
    assertThat(group.at(12, 5L)).containsExactly("[0,20)=3");
    assertThat(group.at(20)).isEmpty();
    assertThat(group.open()).isEqualTo(1);
    assertThat(group.at(30)).isEmpty();
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void complete_keepsEverySlice() throws Exception {
    AggregationGroup group = AggregationGroup.of(TENS, OutputMode.COMPLETE);

    assertThat(group.at(Watermark.NONE, 5L)).containsExactly("[0,10)=1");
    assertThat(group.at(100, 6L)).containsExactly("[0,10)=2");
    assertThat(group.at(Watermark.END)).isEmpty();
    assertThat(group.open()).isEqualTo(1);
  }

  @Test
  void eventsWithoutEventTime_changeNothing() throws Exception {
    for (OutputMode mode : OutputMode.values()) {
      AggregationGroup group = AggregationGroup.of(TENS, mode);

      assertThat(group.at(5, null, null)).isEmpty();
      assertThat(group.isEmpty()).isTrue();
    }
  }

  @Test
  void timerThatIsLeftOut_removesItsSlices_andTheNextWindowsAreEmitted() throws Exception {
    AggregationGroup group = AggregationGroup.of(TENS, OutputMode.APPEND).bad(0L);
    group.at(Watermark.NONE, 5L, 15L);

    assertThatIllegalStateException().isThrownBy(() -> group.at(10)).withMessage("bad row");
    assertThat(group.leavingOut(10)).isEmpty();
    assertThat(group.open()).isEqualTo(1);
    assertThat(group.at(20)).containsExactly("[10,20)=1");
  }

  @Test
  void windowsThatClosedWhileTheirTimerWasSuspended_areEmitted() throws Exception {
    AggregationGroup group = AggregationGroup.of(TENS, OutputMode.APPEND).bad(0L);
    group.at(Watermark.NONE, 5L, 15L, 25L);
    assertThatIllegalStateException().isThrownBy(() -> group.at(10));
    group.lateBy(Watermark.of(22)).bad(null);

    assertThat(group.at(22)).containsExactly("[0,10)=1", "[10,20)=1");
    assertThat(group.at(30)).containsExactly("[20,30)=1");
  }

  @Test
  void batch_emitsAllWindows() throws Exception {
    AggregationGroup group = AggregationGroup.inBatch(SLIDING);

    assertThat(group.at(Watermark.NONE, 5L, null, 105L, 6L))
        .containsExactly("[-10,10)=2", "[0,20)=2", "[90,110)=1", "[100,120)=1");
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void groupWithoutWindows_emitsInEveryEpochWithEvents() throws Exception {
    AggregationGroup group = AggregationGroup.of(null, OutputMode.UPDATE);

    assertThat(group.at(5, 1L, null)).containsExactly("2");
    assertThat(group.at(6, 2L)).containsExactly("3");
    assertThat(AggregationGroup.inBatch(null).at(5, 1L, 2L)).containsExactly("2");
  }
}
