package io.vellamo.actors.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.HostedShards;
import io.vellamo.api.query.ShardProgress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HostingReportTest {
  @Test
  void numbersOfShards_areDividedAmongTheOperators() {
    Map<String, List<ShardProgress>> known = new LinkedHashMap<>();
    known.put("first", shards(3));
    known.put("second", shards(3));

    List<HostedShards> report =
        HostingReport.of(known, Map.of("b", List.of(5, 0, 3), "a", List.of(1), "c", List.of()));

    assertThat(report)
        .containsExactly(
            new HostedShards("a", Map.of("first", List.of(1))),
            new HostedShards("b", Map.of("first", List.of(0), "second", List.of(0, 2))),
            new HostedShards("c", Map.of()));
  }

  @Test
  void nodes_areNotReportedBeforeTheFirstEpoch() {
    assertThat(HostingReport.of(Map.of(), Map.of("a", List.of(0)))).isEmpty();
  }

  private static List<ShardProgress> shards(int count) {
    return IntStream.range(0, count)
        .mapToObj(shard -> new ShardProgress(shard, 0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO))
        .toList();
  }
}
