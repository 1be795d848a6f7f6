package io.vellamo.cluster.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.HostedShards;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The nodes of a query's shards, as handles report them. */
final class HostedShardsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static ClusterNodes nodes;

  private final MemorySource<String> source = MemorySource.create();
  private final MemorySink<String> sink = MemorySink.create();

  @BeforeAll
  static void startNodes() {
    nodes = ClusterNodes.start(2);
  }

  @AfterAll
  static void stopNodes() {
    nodes.close();
  }

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void shards_areReportedByNodeAndOperator_alsoToAHandleThatMissedTheFirstEpoch() throws Exception {
    // Pekko's sharding works once all nodes have used it.
    start(0, "before").stop(Duration.ofSeconds(10));
    start(1, "before").stop(Duration.ofSeconds(10));
    StreamingQuery first = start(0, "hosted");
    assertThat(hosted(first)).isEmpty();
    source.add("a", "b", "c", "d", "e", "f");
    first.processAllAvailable();
    source.add("a");
    first.processAllAvailable();

    StreamingQuery late = start(1, "hosted");
    source.add("a");
    late.processAllAvailable();

    for (StreamingQuery query : List.of(first, late)) {
      assertThat(query.shards()).containsOnlyKeys("count", "again");
      assertThat(query.shards().get("count")).hasSize(4);
      assertThat(query.shards().get("again")).hasSize(4);
      // A shard that moves to the node that joined late is on none for a moment.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                List<HostedShards> hosted = hosted(query);
                assertThat(hosted)
                    .extracting(HostedShards::node)
                    .contains(nodes.address(0))
                    .isSubsetOf(nodes.address(0), nodes.address(1));
                assertThat(all(hosted, "count")).containsExactlyInAnyOrder(0, 1, 2, 3);
                assertThat(all(hosted, "again")).containsExactlyInAnyOrder(0, 1, 2, 3);
              });
    }
    first.stop(Duration.ofSeconds(10));
  }

  private StreamingQuery start(int node, String name) {
    return nodes
        .vellamo(node)
        .query(name)
        .from(source)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, Integer.class, HostedShardsTest::count)
        .named("count")
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.APPEND, GroupStateTimeout.NONE, Integer.class, HostedShardsTest::count)
        .named("again")
        .to(sink)
        .start();
  }

  private static Iterator<String> count(
      String word, Iterator<String> events, GroupState<Integer> state) {
    int count = state.optional().orElse(0);
    while (events.hasNext()) {
      events.next();
      count++;
    }
    state.update(count);
    return List.of(word).iterator();
  }

  private static List<HostedShards> hosted(StreamingQuery query) throws Exception {
    return query.hostedShards().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static List<Integer> all(List<HostedShards> hosted, String operator) {
    List<Integer> all = new ArrayList<>();
    hosted.forEach(each -> all.addAll(each.shards().getOrDefault(operator, List.of())));
    return all;
  }
}
