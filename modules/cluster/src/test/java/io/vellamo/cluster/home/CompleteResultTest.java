package io.vellamo.cluster.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.actors.Vellamo;
import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.cluster.chunk.Chunks;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A large whole result whose shards are on several nodes, and runs that end in the middle of it.
 */
final class CompleteResultTest {
  private static final int NODES = 3;
  private static final int GROUPS = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MEASURED =
      "pekko.actor.serializers.vellamo-cluster = \"io.vellamo.cluster.home.MeasuringSerializer\"";

  private final MemorySource<Integer> numbers = MemorySource.create();
  private final MemorySink<String> result = MemorySink.create();
  private final AtomicInteger seen = new AtomicInteger();
  private volatile Runnable afterThousands = () -> {};

  @Test
  void resultOfManyPages_isWhole_afterRunsThatEndInTheMiddle() throws Exception {
    try (ClusterNodes nodes = ClusterNodes.start(NODES, MEASURED)) {
      List<StreamingQuery> queries = start(nodes);
      numbers.add(IntStream.range(0, GROUPS).boxed().toArray(Integer[]::new));
      queries.get(0).processAllAvailable();
      queries.get(0).stop();
      assertThat(result.rows()).hasSize(GROUPS);

      afterThousands = CompleteResultTest::fail;
      StreamingQuery failing = start(nodes).get(0);
      numbers.add(0);
      assertThatThrownBy(() -> failing.awaitTermination(PATIENCE))
          .hasMessageContaining("in the middle of the result");
      assertThat(seen).hasValueBetween(30_000, GROUPS - 1);

      CompletableFuture<Void> left = new CompletableFuture<>();
      afterThousands = () -> leave(nodes, 2, left);
      StreamingQuery query = start(nodes).get(0);
      query.processAllAvailable();
      left.get();

      assertThat(result.rows())
          .hasSize(GROUPS)
          .doesNotHaveDuplicates()
          .contains("0=2", "1=1", "99999=1");
      query.stop();
    }
    assertThat(MeasuringSerializer.LARGEST).hasValueBetween(1_000, Chunks.SIZE + 1_000);
  }

  private static void fail() {
    throw new IllegalStateException("in the middle of the result");
  }

  private static void leave(ClusterNodes nodes, int node, CompletableFuture<Void> left) {
    left.completeAsync(
        () -> {
          try {
            nodes.leave(node);
            return null;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private List<StreamingQuery> start(ClusterNodes nodes) {
    seen.set(0);
    return IntStream.range(0, NODES).mapToObj(node -> start(nodes.vellamo(node))).toList();
  }

  private StreamingQuery start(Vellamo vellamo) {
    return vellamo
        .query("complete")
        .from(numbers)
        .groupByKey(number -> number)
        .aggregate(Aggregates.count(), (number, count) -> number + "=" + count)
        .outputMode(OutputMode.COMPLETE)
        .map(this::see)
        .to(result)
        .start();
  }

  /** Called for each row of a page, on the thread of the sinks. */
  private String see(String row) {
    if (seen.incrementAndGet() == 30_000) {
      afterThousands.run();
    }
    return row;
  }
}
