package io.vellamo.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class EpochTableTest {
  private final EpochTable table = new EpochTable();

  @Test
  void epochs_areFoundByNumberAndTime() {
    for (long epoch = 5; epoch < 205; epoch++) {
      table.add(new EpochTimes(epoch, epoch * 10, Watermark.of(epoch), Watermark.NONE));
    }

    assertThat(table.first()).isEqualTo(5);
    assertThat(table.last()).isEqualTo(204);
    assertThat(Objects.requireNonNull(table.times(7)).processingTimeMillis()).isEqualTo(70);
    assertThat(Objects.requireNonNull(table.times(204)).watermark().millis()).isEqualTo(204);
    assertThat(table.times(4)).isNull();
    assertThat(table.times(205)).isNull();
    assertThat(table.lastPlannedBy(Instant.ofEpochMilli(49))).isEqualTo(4);
    assertThat(table.lastPlannedBy(Instant.ofEpochMilli(50))).isEqualTo(5);
    assertThat(table.lastPlannedBy(Instant.ofEpochMilli(79))).isEqualTo(7);
    assertThat(table.lastPlannedBy(Instant.ofEpochMilli(Long.MAX_VALUE))).isEqualTo(204);
  }

  @Test
  void emptyTable_hasNoEpochs() {
    assertThat(table.last()).isZero();
    assertThat(table.times(1)).isNull();
  }

  @Test
  void point_beforeTheFirstEpoch_isRefused() {
    assertThatThrownBy(() -> ReplayPoint.epoch(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epoch must not be negative, was [-1]; the first epoch is 1");
  }
}
