package io.vellamo.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatermarkTest {
  private static final Watermark AT_1000 = Watermark.of(1000);

  @Test
  void d1_event_asOldAsTheWatermark_isNotLate() {
    assertThat(AT_1000.isLate(1000)).isFalse();
  }

  @Test
  void event_olderThanTheWatermark_isLate() {
    assertThat(AT_1000.isLate(999)).isTrue();
  }

  @Test
  void timer_dueAtTheWatermark_hasNotPassed() {
    assertThat(AT_1000.hasPassed(1000)).isFalse();
  }

  @Test
  void timer_dueBeforeTheWatermark_hasPassed() {
    assertThat(AT_1000.hasPassed(999)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1})
  void d3_withoutWatermark_nothingIsLateAndNoTimerHasPassed(long millis) {
    assertThat(Watermark.NONE.isLate(millis)).isFalse();
    assertThat(Watermark.NONE.hasPassed(millis)).isFalse();
  }

  @Test
  void d3_withoutWatermark_reads1970() {
    assertThat(Watermark.NONE.toInstant()).isEqualTo(Instant.EPOCH);
    assertThat(Watermark.NONE.isKnown()).isFalse();
    assertThat(Watermark.of(0).isKnown()).isTrue();
  }

  @Test
  void d3_firstEvent_before1970_setsTheWatermark() {
    assertThat(Watermark.NONE.advance(-5000, 1000)).isEqualTo(Watermark.of(-6000));
  }

  @Test
  void end_everythingIsLateAndHasPassed() {
    assertThat(Watermark.END.isLate(Long.MAX_VALUE - 1)).isTrue();
    assertThat(Watermark.END.hasPassed(Long.MAX_VALUE - 1)).isTrue();
    assertThat(Watermark.END.isKnown()).isTrue();
  }

  @Test
  void advance_trailsTheLargestEventTime() {
    assertThat(AT_1000.advance(5000, 1500)).isEqualTo(Watermark.of(3500));
  }

  @Test
  void advance_byOlderEvents_staysWhereItWas() {
    assertThat(AT_1000.advance(1500, 501)).isSameAs(AT_1000);
    assertThat(AT_1000.advance(1000, 0)).isSameAs(AT_1000);
  }

  @Test
  void advance_byOneMillisecond_moves() {
    assertThat(AT_1000.advance(1001, 0)).isEqualTo(Watermark.of(1001));
  }

  @Test
  void advance_belowTheSmallestNumber_staysWhereItWas() {
    assertThat(AT_1000.advance(Long.MIN_VALUE + 1, Long.MAX_VALUE)).isSameAs(AT_1000);
    assertThat(Watermark.NONE.advance(-2, Long.MAX_VALUE)).isSameAs(Watermark.NONE);
  }

  @Test
  void advance_behindTheEnd_staysAtTheEnd() {
    assertThat(Watermark.END.advance(5000, 0)).isSameAs(Watermark.END);
  }

  @Test
  void of_theExtremes_areTheNamedOnes() {
    assertThat(Watermark.of(Long.MIN_VALUE)).isSameAs(Watermark.NONE);
    assertThat(Watermark.of(Long.MAX_VALUE)).isSameAs(Watermark.END);
  }

  @Test
  void order_isThatOfTime() {
    assertThat(Watermark.NONE).isLessThan(AT_1000);
    assertThat(AT_1000).isLessThan(Watermark.END);
  }

  @Test
  void equality_isThatOfTheMoment() {
    assertThat(Watermark.of(1000)).isEqualTo(AT_1000).hasSameHashCodeAs(AT_1000);
    assertThat(AT_1000).isNotEqualTo(Watermark.of(1001)).isNotEqualTo(1000L);
  }

  @Test
  void toString_isForPeople() {
    assertThat(Watermark.NONE).hasToString("none");
    assertThat(Watermark.END).hasToString("end of time");
    assertThat(AT_1000).hasToString("1970-01-01T00:00:01Z");
  }
}
