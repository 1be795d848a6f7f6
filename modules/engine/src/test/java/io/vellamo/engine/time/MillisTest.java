package io.vellamo.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MillisTest {
  @Test
  void moments_beyondAllMilliseconds_areTheFirstAndTheLast() {
    assertThat(Millis.of(Instant.MIN)).isEqualTo(Millis.FIRST);
    assertThat(Millis.of(Instant.MAX)).isEqualTo(Millis.LAST);
    assertThat(Millis.of(Instant.ofEpochMilli(Long.MIN_VALUE))).isEqualTo(Millis.FIRST);
    assertThat(Millis.of(Instant.ofEpochMilli(Long.MAX_VALUE))).isEqualTo(Millis.LAST);
  }

  @Test
  void moments_before1970_areCutOffDownwards() {
    assertThat(Millis.of(Instant.ofEpochSecond(0, -1))).isEqualTo(-1);
    assertThat(Millis.of(Instant.ofEpochSecond(-1, 1))).isEqualTo(-1000);
    assertThat(Millis.of(Instant.parse("1900-01-01T00:00:00.0019Z")) % 1000).isEqualTo(-999);
  }

  @Test
  void plus_neverGoesPastTheEnds() {
    assertThat(Millis.plus(5, -7)).isEqualTo(-2);
    assertThat(Millis.plus(5, Long.MAX_VALUE)).isEqualTo(Millis.LAST);
    assertThat(Millis.plus(-5, Long.MIN_VALUE)).isEqualTo(Millis.FIRST);
    assertThat(Millis.plus(0, Long.MAX_VALUE)).isEqualTo(Millis.LAST);
    assertThat(Millis.plus(-1, Long.MAX_VALUE)).isEqualTo(Millis.LAST);
  }

  @Test
  void durations_areAtMostAsLongAsCanBeCounted() {
    assertThat(Millis.of(Duration.ofSeconds(1, 999_999))).isEqualTo(1000);
    assertThat(Millis.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Millis.LAST);
  }
}
