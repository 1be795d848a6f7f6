package io.vellamo.benchmarks.ads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AdGeneratorTest {
  private final AdGenerator generator = new AdGenerator();

  @Test
  void events_areOfAHundredCampaignsAndThreeActionsEquallyOften() {
    assertThat(counts(event -> AdGenerator.campaignOf(event.ad())))
        .hasSize(100)
        .allSatisfy((campaign, count) -> assertThat(count).isCloseTo(3_000, withPercentage(10)));
    assertThat(counts(AdEvent::ad)).hasSize(1000);
    assertThat(counts(AdEvent::action))
        .hasSize(3)
        .allSatisfy((action, count) -> assertThat(count).isCloseTo(100_000, withPercentage(1)));
  }

  private <K> Map<K, Long> counts(Function<AdEvent, K> key) {
    return IntStream.range(0, 300_000)
        .mapToObj(generator::event)
        .collect(Collectors.groupingBy(key, Collectors.counting()));
  }
}
