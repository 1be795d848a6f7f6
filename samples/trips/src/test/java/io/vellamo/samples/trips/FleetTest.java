package io.vellamo.samples.trips;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.connectors.rate.RateEvent;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FleetTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static List<RateEvent> events(long count) {
    return LongStream.range(0, count)
        .mapToObj(value -> new RateEvent(value, BEGIN.plusMillis(value * 100)))
        .toList();
  }

  @Test
  void positions_followFromTheSeed() {
    List<RateEvent> events = events(2_000);

    assertThat(positions(new Fleet(5, 1), events)).isEqualTo(positions(new Fleet(5, 1), events));
    assertThat(positions(new Fleet(5, 1), events)).isNotEqualTo(positions(new Fleet(5, 2), events));
  }

  @Test
  void vehicles_driveAboutHalfOfTheTime() {
    List<RateEvent> events = events(20_000);

    assertThat(positions(new Fleet(5, 1), events).size()).isBetween(8_000, 12_000);
  }

  private static List<Position> positions(Fleet fleet, List<RateEvent> events) {
    return events.stream().filter(fleet::isDriving).map(fleet::position).toList();
  }
}
