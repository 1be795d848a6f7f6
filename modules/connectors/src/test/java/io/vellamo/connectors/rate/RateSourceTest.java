package io.vellamo.connectors.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.api.source.SourceReader;
import io.vellamo.testkit.ManualClock;
import io.vellamo.testkit.contract.SourceContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateSourceTest extends SourceContract<RateEvent> {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  // Set before each test of the contract.
  private ManualClock clock = ManualClock.at(NOW);

  @Override
  protected EventSource<RateEvent> createSource(ManualClock given) {
    clock = given;
    return RateSource.perSecond(10);
  }

  @Override
  protected void addEvents(int count) {
    clock.advance(Duration.ofMillis(100L * count));
  }

  @Test
  void query_thatIsNew_beginsAtThePresent() throws Exception {
    clock.set(NOW);
    SourceReader<RateEvent> reader = open(RateSource.perSecond(2));
    assertThat(reader.plan(Offsets.none(), reader.latest(), 100)).isEmpty();

    clock.advance(Duration.ofSeconds(1));

    long present = NOW.getEpochSecond() * 2 + 1;
    assertThat(reader.plan(Offsets.none(), reader.latest(), 100))
        .containsExactly(new OffsetRange(new SourcePartition("rate"), present, present + 2));
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "7", "1000", "999999937", "1000000000"})
  void event_isThereFromItsMomentOn(long perSecond) {
    RateSource source = RateSource.perSecond(perSecond);
    long offset = NOW.getEpochSecond() * perSecond + 5;
    Instant moment = source.event(offset).timestamp();

    assertThat(source.event(offset).value()).isEqualTo(offset);
    assertThat(source.offsetBehind(moment.plusNanos(1))).isGreaterThan(offset);
    assertThat(source.offsetBehind(moment.minusNanos(1))).isLessThanOrEqualTo(offset);
  }

  @Test
  void timestamps_areEvenlySpread() {
    RateSource source = RateSource.perSecond(4);

    assertThat(List.of(0L, 1L, 2L, 3L, 4L))
        .extracting(value -> source.event(value).timestamp().toEpochMilli())
        .containsExactly(0L, 250L, 500L, 750L, 1000L);
  }

  @ParameterizedTest
  @CsvSource({"1, PT0.1S", "20, PT0.05S", "1000000, PT0.01S"})
  void pollInterval_followsTheRate(long perSecond, Duration expected) {
    assertThat(RateSource.perSecond(perSecond).pollInterval()).contains(expected);
  }

  @Test
  void perSecond_outOfRange_isRefused() {
    assertThatThrownBy(() -> RateSource.perSecond(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("events must be from 1 to 1000000000 a second, was [0]");
    assertThatThrownBy(() -> RateSource.perSecond(1_000_000_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private SourceReader<RateEvent> open(RateSource source) {
    return source.open(new SourceContext("q", Offsets.none(), false, clock, () -> {}));
  }
}
