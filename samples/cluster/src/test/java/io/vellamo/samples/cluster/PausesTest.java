package io.vellamo.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The times without rows after kills. */
final class PausesTest {
  private final Pauses pauses = new Pauses(at(0));

  @Test
  void eachKill_hasTheLongestTimeWithoutRows_untilTheNextOne() {
    pauses.rows(at(9_000), 1);
    pauses.killed();
    pauses.rows(at(9_500), 2);
    pauses.rows(at(20_540), 3);
    pauses.rows(at(21_000), 4);
    pauses.killed();
    pauses.rows(at(24_000), 4);
    pauses.rows(at(26_000), 5);
    pauses.killed();
    pauses.rows(at(33_000), 6);
    pauses.end();

    assertThat(pauses.text()).isEqualTo("median 7.0 s, longest 11.0 s");
  }

  @Test
  void pausesBeforeTheFirstKill_andKillsWithoutFurtherRows_doNotCount() {
    pauses.rows(at(9_000), 1);
    pauses.killed();
    pauses.rows(at(12_000), 1);
    pauses.end();

    assertThat(pauses.text()).isEqualTo("-");
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
