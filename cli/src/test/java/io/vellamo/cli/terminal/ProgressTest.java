package io.vellamo.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private List<String> linesOf(int columns, long max) {
    PrintStream terminal = new PrintStream(out, true, UTF_8);
    try (Progress progress = Progress.shownOn(terminal, "Events", max, columns)) {
      progress.reached(123_456_789L);
    }
    String shown = out.toString(UTF_8).replaceAll("\u001b\\[[0-9;]*m", "");
    return shown.lines().flatMap(line -> List.of(line.split("\r")).stream()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 21, 40, 79, 80, 81, 200})
  void bar_fitsOnALineOfTheTerminal(int columns) {
    for (long max : new long[] {-1, 1_000, 999_999_999L}) {
      assertThat(linesOf(columns, max)).isNotEmpty().allMatch(line -> line.length() < columns);
    }
  }

  @Test
  void bar_onATerminalThatIsTooNarrow_isNotShown() {
    assertThat(linesOf(19, 1_000)).isEmpty();
  }

  @Test
  void bar_withMoreStepsThanExpected_expectsSoMany() {
    assertThat(linesOf(80, 1_000)).last().asString().contains("100%");
  }

  @ParameterizedTest
  @CsvSource(
      value = {"120, 120", "24 80, 80", "'24 132\n', 132", "'', 0", "-, 0", "24 x, 0", "-5, 0"},
      nullValues = "-")
  void width_isThatOfTheAnswer(@Nullable String answer, int columns) {
    assertThat(TerminalWidth.columns(answer)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource(
      value = {"120, 0", "24 80, 24", "'50 132\n', 50", "'', 0", "-, 0", "x 80, 0"},
      nullValues = "-")
  void height_isThatOfTheAnswer(@Nullable String answer, int rows) {
    assertThat(TerminalWidth.rows(answer)).isEqualTo(rows);
  }
}
