package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of a query's description that its runtime adds. */
final class ExplainTest {
  @Test
  void query_isDescribedWithItsShardsAndItsJournal() {
    try (TestSystem system = TestSystem.start()) {
      StreamingQuery query = counts(system);

      assertThat(query.explain().lines())
          .startsWith("query [words]: delivers rows exactly once")
          .endsWith(
              "sink [Memory]: idempotent, with one writer",
              "shards: 4 for each operator, on this node, with an actor for each live group",
              "journal [pekko.persistence.journal.inmem]: records no input events, keeps what follows a snapshot");
    }
  }

  @Test
  void settings_areThoseOfTheDescription() {
    try (TestSystem system =
        TestSystem.start(
            """
            vellamo.query.shards = 8
            vellamo.query.hosting = inline
            vellamo.journal.record-inputs = on
            vellamo.journal.history = all
            vellamo.journal.plugin = "pekko.persistence.journal.inmem"
            """)) {
      assertThat(counts(system).explain().lines())
          .endsWith(
              "shards: 8 for each operator, on this node, which call their groups themselves",
              "journal [pekko.persistence.journal.inmem]: records input events, keeps everything");
    }
  }

  @Test
  void queryWithoutOperators_hasNoShards() {
    try (TestSystem system = TestSystem.start()) {
      StreamingQuery query =
          system
              .vellamo()
              .query("words")
              .from(MemorySource.<String>create())
              .to(MemorySink.create())
              .start();

      assertThat(query.explain()).doesNotContain("shards").contains("journal [");
    }
  }

  private static StreamingQuery counts(TestSystem system) {
    return system
        .vellamo()
        .query("words")
        .from(MemorySource.<String>create())
        .groupByKey(word -> word)
        .<Integer, String>flatMapGroupsWithState(
            OutputMode.APPEND,
            GroupStateTimeout.NONE,
            Integer.class,
            (word, words, state) -> List.<String>of().iterator())
        .named("count")
        .to(MemorySink.create())
        .start();
  }
}
