package io.vellamo.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class SourcePartitionTest {
  @Test
  void name_thatHasNoUtf8Form_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SourcePartition("a\ud83d.csv"))
        .withMessageStartingWith("name must be well-formed text, ");
    assertThat(new SourcePartition("ä\ud83d\ude00.csv").name()).isEqualTo("ä\ud83d\ude00.csv");
  }
}
