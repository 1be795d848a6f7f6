package io.vellamo.cluster.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A query whose home leaves the cluster. */
final class LeavingNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MemorySource<String> source = MemorySource.create();
  private final MemorySink<String> sink = MemorySink.create();

  private StreamingQuery start(ClusterNodes nodes, int node) {
    return nodes
        .vellamo(node)
        .query("moves")
        .from(source)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE, GroupStateTimeout.NONE, Integer.class, LeavingNodeTest::count)
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
    return List.of(word + count).iterator();
  }

  @Test
  void query_whoseHomeLeaves_goesOnAtAnotherNodeWithExactResults() throws Exception {
    try (ClusterNodes nodes = ClusterNodes.start(3)) {
      List<StreamingQuery> queries =
          IntStream.range(0, 3).mapToObj(node -> start(nodes, node)).toList();
      for (int i = 0; i < 10; i++) {
        source.add("a");
        queries.get(1).processAllAvailable();
      }

      nodes.leave(0);
      source.add("a");
      queries.get(2).processAllAvailable();

      assertThat(sink.rows())
          .containsExactlyElementsOf(IntStream.rangeClosed(1, 11).mapToObj(i -> "a" + i).toList());
      assertThat(queries.get(0).awaitTermination(PATIENCE)).isTrue();
      assertThat(queries.get(0).exception()).isEmpty();
      assertThat(queries.get(1).isActive()).isTrue();
      await()
          .atMost(PATIENCE)
          .until(() -> queries.get(1).lastProgress().orElseThrow().total().input() == 11);
      assertThat(queries.get(1).recentProgress())
          .extracting(p -> p.epoch())
          .doesNotHaveDuplicates();
      queries.get(1).stop(PATIENCE);
      assertThat(queries.get(2).awaitTermination(PATIENCE)).isTrue();
    }
  }
}
