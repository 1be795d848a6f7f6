package io.vellamo.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowSumsTest {
  private static final long FROM = 1_000_005_000;
  private static final long UNTIL = 1_000_025_000;

  @Test
  void counts_ofAllWindowsOfAKey_areSummedUp() {
    assertThat(sums(row(1, 1_000_000_000, 2), row(2, 1_000_010_000, 3), row(1, 1_000_020_000, 5)))
        .isEqualTo(Checksum.NONE.plus(row(1, 0, 7)).plus(row(2, 0, 3)));
  }

  @Test
  void counts_dividedIntoOtherWindows_giveTheSameSums() {
    assertThat(sums(row(1, 1_000_000_000, 2), row(1, 1_000_010_000, 5)))
        .isEqualTo(sums(row(1, 1_000_020_000, 7)));
  }

  @Test
  void window_withASecondRow_isNotAddedToTheSum() {
    Row row = row(1, 1_000_010_000, 2);

    assertThat(sums(row, row, row(2, 1_000_010_000, 4)))
        .isEqualTo(Checksum.NONE.plus(row).plus(row(1, 0, 2)).plus(row(2, 0, 4)));
  }

  @ParameterizedTest
  @CsvSource({"1000010001", "999990000", "1000030000", "1704067200000"})
  void window_thatNoRunHasAtThatTime_isNotAddedToTheSum(long start) {
    assertThat(sums(row(1, start, 2))).isEqualTo(Checksum.NONE.plus(row(1, start, 2)));
  }

  private static Checksum sums(Row... rows) {
    return WindowSums.of(List.of(rows), FROM, UNTIL);
  }

  private static Row row(long key, long start, long count) {
    return new Row(key, start, count, 0, 0);
  }
}
