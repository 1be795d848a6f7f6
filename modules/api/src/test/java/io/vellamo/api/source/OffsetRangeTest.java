package io.vellamo.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class OffsetRangeTest {
  private static final SourcePartition A = new SourcePartition("a");
  private static final SourcePartition B = new SourcePartition("b");
  private static final SourcePartition C = new SourcePartition("c");

  @Test
  void range_backwards_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OffsetRange(A, 5, 4))
        .withMessage("range must satisfy 0 <= from <= until, was [5, 4) of [a]");
  }

  @Test
  void range_fromBelowZero_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OffsetRange(A, -1, 4))
        .withMessage("range must satisfy 0 <= from <= until, was [-1, 4) of [a]");
  }

  @Test
  void range_fromItsEnd_isEmpty() {
    assertThat(new OffsetRange(A, 5, 5).isEmpty()).isTrue();
    assertThat(new OffsetRange(A, 5, 6).isEmpty()).isFalse();
  }

  @Test
  void share_withinTheLimit_takesEverything() {
    assertThat(OffsetRange.share(Offsets.none(), offsets(3, 4, 5), 12))
        .containsExactly(range(A, 0, 3), range(B, 0, 4), range(C, 0, 5));
  }

  @Test
  void share_beyondTheLimit_isEven() {
    assertThat(OffsetRange.share(Offsets.none(), offsets(100, 100, 100), 30))
        .containsExactly(range(A, 0, 10), range(B, 0, 10), range(C, 0, 10));
  }

  @Test
  void share_leftUnused_goesToTheOthers() {
    assertThat(OffsetRange.share(Offsets.none(), offsets(100, 2, 100), 30))
        .containsExactly(range(A, 0, 14), range(B, 0, 2), range(C, 0, 14));
  }

  @Test
  void share_belowOneEach_keepsTheLimit() {
    assertThat(OffsetRange.share(Offsets.none(), offsets(9, 9, 9), 2))
        .hasSize(2)
        .allMatch(range -> range.until() - range.from() == 1);
  }

  @Test
  void share_continuesWhereTheLastEpochEnded() {
    assertThat(OffsetRange.share(offsets(3, 4, 0), offsets(5, 4, 2), 100))
        .containsExactly(range(A, 3, 5), range(C, 0, 2));
  }

  @Test
  void share_ofNothing_isEmpty() {
    assertThat(OffsetRange.share(offsets(1, 1, 1), offsets(1, 1, 1), 100)).isEmpty();
  }

  private static Offsets offsets(long a, long b, long c) {
    return Offsets.of(Map.of(A, a, B, b, C, c));
  }

  private static OffsetRange range(SourcePartition partition, long from, long until) {
    return new OffsetRange(partition, from, until);
  }
}
