package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.actors.RunningCount.Count;
import io.vellamo.api.QueryBuilder;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.DeliveryGuarantee;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a running count says about itself; what it counts is in {@link GroupCases}. */
final class RunningCountTest {
  private final TestSystem system = TestSystem.start();
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<Count> counts = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void restart_keepsIdAndNewRunId() throws Exception {
    StreamingQuery first = start();
    StreamingQueryProgress progress = addAndReport(first, "a");
    first.stop();

    StreamingQuery second = start();

    assertThat(second.id()).isEqualTo(first.id()).isEqualTo(progress.id());
    assertThat(second.runId()).isNotEqualTo(first.runId());
    assertThat(second.guarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(first.isActive()).isFalse();
    assertThat(first.exception()).isEmpty();
    first.stop();
    assertThat(addAndReport(second, "a").runId()).isEqualTo(second.runId());
    second.stop();
  }

  @Test
  void queryThatEnds_reportsItsLastEpoch() throws Exception {
    words.addTo(0, List.of("a", "b"));

    StreamingQuery query = builder().trigger(Trigger.once()).start();
    query.awaitTermination();

    assertThat(query.lastProgress().orElseThrow().total().processed()).isEqualTo(2);
  }

  private StreamingQuery start() {
    return builder().start();
  }

  private QueryBuilder builder() {
    return system
        .vellamo()
        .query("running-count")
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE, GroupStateTimeout.NONE, Integer.class, new RunningCount())
        .to(counts);
  }

  private StreamingQueryProgress addAndReport(StreamingQuery query, String word)
      throws InterruptedException {
    words.add(word);
    query.processAllAvailable();
    return query.lastProgress().orElseThrow();
  }
}
