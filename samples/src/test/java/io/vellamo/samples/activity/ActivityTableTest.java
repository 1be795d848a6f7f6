package io.vellamo.samples.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ActivityTableTest {
  private static final Instant START = Instant.parse("2018-01-01T11:00:00Z");

  private static TypeCount row(String type, int minute, long count) {
    Instant start = START.plus(Duration.ofMinutes(minute));
    return new TypeCount(type, start, start.plus(Duration.ofMinutes(1)), count);
  }

  @Test
  void table_showsTheLatestCountsOfTheLatestWindows() {
    List<TypeCount> rows = new ArrayList<>();
    rows.add(row("ForkEvent", 0, 100));
    for (int minute = 5; minute >= 1; minute--) {
      rows.add(row("PushEvent", minute, 1000 + minute));
    }
    rows.add(row("ForkEvent", 3, 1));
    rows.add(row("ForkEvent", 3, 2));

    assertThat(ActivityTable.lines(TypeCounts.of(rows)))
        .containsExactly(
            "                                    11:01    11:02    11:03    11:04    11:05",
            "  PushEvent                         1,001    1,002    1,003    1,004    1,005",
            "  ForkEvent                                               2");
  }

  @Test
  void table_ofManyTypes_showsTheBusiestOnes() {
    List<TypeCount> rows = new ArrayList<>();
    for (int type = 1; type <= 20; type++) {
      rows.add(row("Type%02d".formatted(type), 0, type));
    }

    assertThat(ActivityTable.lines(TypeCounts.of(rows)))
        .hasSize(15)
        .satisfies(lines -> assertThat(lines.get(1)).contains("Type20"))
        .satisfies(lines -> assertThat(lines.get(14)).contains("Type07"));
  }

  @Test
  void row_thatIsEmittedAgain_isNoChange() {
    TypeCounts counts = new TypeCounts();

    assertThat(counts.add(row("PushEvent", 0, 1))).isTrue();
    assertThat(counts.add(row("PushEvent", 0, 1))).isFalse();
    assertThat(counts.add(row("PushEvent", 0, 2))).isTrue();
  }
}
