package io.vellamo.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnitsTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3", "2.345, 2.35", "45.67, 45.7", "123.4, 123", "1234567, '1,234,567'"})
  void rate_hasThreeDigitsUnlessItIsLarger(double rate, String text) {
    assertThat(Units.rate(rate)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.00 KiB",
    "20480, 20.0 KiB",
    "1047552, 1023 KiB",
    "5368709120, 5.00 GiB"
  })
  void bytes_areInTheLargestFittingUnit(long bytes, String text) {
    assertThat(Units.bytes((double) bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.0 ms",
    "PT0.0012S, 1.2 ms",
    "PT0.999S, 999 ms",
    "PT1.25S, 1.3 s",
    "PT1M5S, 1 min 5 s",
    "PT2H3M, 2 h 3 min",
    "P3000DT4H, '3,000 days 4 h'",
    "PT-2S, -2.0 s"
  })
  void duration_fromAMinuteOn_hasTwoUnits(Duration duration, String text) {
    assertThat(Units.duration(duration)).isEqualTo(text);
  }
}
