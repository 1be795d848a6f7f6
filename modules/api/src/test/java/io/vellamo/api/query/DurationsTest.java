package io.vellamo.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Durations that are longer than milliseconds can count are refused when the query is built. */
final class DurationsTest {
  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);
  private static final WatermarkStrategy NO_DELAY = WatermarkStrategy.delay(Duration.ZERO);
  private static final Map<String, Function<Duration, ?>> SETTINGS =
      Map.of(
          "delay", WatermarkStrategy::delay,
          "maxFutureSkew", NO_DELAY::maxFutureSkew,
          "idleAfter", NO_DELAY::idleAfter,
          "interval", Trigger::processingTime);

  @Test
  void durations_beyondAllMilliseconds_areRefused() {
    SETTINGS.forEach(
        (name, setting) -> {
          assertThatIllegalArgumentException()
              .isThrownBy(() -> setting.apply(Duration.ofSeconds(Long.MAX_VALUE)))
              .withMessage(
                  "%s must be at most [PT2562047788015H12M55.807S], was"
                      + " [PT2562047788015215H30M7S]; milliseconds count no further, use a shorter"
                      + " one",
                  name);
          assertThatIllegalArgumentException()
              .isThrownBy(() -> setting.apply(LONGEST.plusNanos(1)))
              .withMessageStartingWith(name + " must be at most");
        });
  }

  @Test
  void durations_asLongAsCanBe_areAccepted() {
    SETTINGS.forEach((name, setting) -> assertThat(setting.apply(LONGEST)).isNotNull());
  }

  @Test
  void durations_negative_areRefused() {
    SETTINGS.forEach(
        (name, setting) ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.apply(Duration.ofSeconds(Long.MIN_VALUE)))
                .withMessageStartingWith(name + " must "));
  }
}
