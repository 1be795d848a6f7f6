package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.actors.RunningCount.Count;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.HotKeys.HotKey;
import io.vellamo.api.query.OperatorProgress;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.QueryHealth;
import io.vellamo.api.query.ShardProgress;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryProgress;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reports of the work of epochs, shards and keys. */
final class WorkReportTest {
  private final TestSystem system = TestSystem.start();
  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<Count> counts = MemorySink.create();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void epoch_tellsItsWorkByPhaseOperatorAndShard() throws Exception {
    words.addTo(0, List.of("a", "b", "a", "c"));
    StreamingQuery query = start();
    query.processAllAvailable();

    StreamingQueryProgress progress = query.lastProgress().orElseThrow();
    OperatorProgress operator = progress.operators().get(0);
    List<ShardProgress> shards =
        Objects.requireNonNull(query.shards().get(operator.name()), "shards");
    assertThat(progress.phases().read().plus(progress.phases().process()))
        .isPositive()
        .isLessThanOrEqualTo(progress.duration());
    assertThat(progress.phases().commit()).isPositive();
    assertThat(operator.call()).isPositive();
    assertThat(operator.persist()).isPositive();
    assertThat(operator.journalBytes()).isPositive().isEqualTo(progress.journalBytes());
    assertThat(operator.skew().input()).isGreaterThanOrEqualTo(1);
    assertThat(shards).isEqualTo(operator.shards());
    assertThat(shards.stream().mapToLong(ShardProgress::input).sum()).isEqualTo(4);
    assertThat(shards.stream().mapToLong(ShardProgress::calls).sum()).isEqualTo(3);
    assertThat(shards.stream().mapToLong(ShardProgress::groups).sum()).isEqualTo(3);
    assertThat(progress.sources().get(0).lag()).containsValue(0L);
    assertThat(query.health().state()).isEqualTo(QueryHealth.State.HEALTHY);
    query.stop();
    assertThat(query.health().problems())
        .extracting(QueryHealth.Problem::kind)
        .containsExactly(QueryHealth.Kind.ENDED);
  }

  @Test
  void hotKeys_areThoseWithTheMostEvents_andTheirShares() throws Exception {
    List<String> some = new ArrayList<>();
    for (int number = 0; number < 400; number++) {
      some.add(number % 2 == 0 ? "hot" : number % 5 == 0 ? "warm" : "cold-" + number);
    }
    words.addTo(0, some);
    StreamingQuery query = start();
    query.processAllAvailable();

    HotKeys keys = query.hotKeys().get(0);
    assertThat(keys.byEvents()).hasSizeLessThanOrEqualTo(10);
    assertThat(keys.byEvents().get(0)).isEqualTo(new HotKey("hot", 200, 0, 0.5));
    assertThat(keys.byEvents().get(1)).isEqualTo(new HotKey("warm", 40, 0, 0.1));
    assertThat(keys.byTime()).isNotEmpty();
    assertThat(query.lastProgress().orElseThrow().json()).doesNotContain("hot\"");
    query.stop();
  }

  private StreamingQuery start() {
    return system
        .vellamo()
        .query("work")
        .from(words)
        .groupByKey(word -> word)
        .flatMapGroupsWithState(
            OutputMode.UPDATE, GroupStateTimeout.NONE, Integer.class, new RunningCount())
        .to(counts)
        .start();
  }
}
