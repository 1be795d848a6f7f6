package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.aggregate.Aggregates;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole result in each epoch, on an actor system. */
final class CompleteQueryTest {
  private final MemorySource<String> words = MemorySource.create();
  private final FlakySink<String> result = new FlakySink<>();

  @ParameterizedTest
  @ValueSource(strings = {"actor", "inline"})
  void restarts_betweenEpochs_leaveTheResultWhole(String hosting) throws Exception {
    try (TestSystem system = start("vellamo.query.hosting = " + hosting)) {
      StreamingQuery query = query(system);
      for (int round = 1; round <= 12; round++) {
        words.add("word" + round, "word1");
        query.processAllAvailable();
        int last = round;
        assertThat(result.rows())
            .containsExactlyInAnyOrder(
                IntStream.rangeClosed(1, round)
                    .mapToObj(i -> "word" + i + "=" + (i == 1 ? last + 1 : 1))
                    .toArray(String[]::new));
        assertThat(query.lastProgress().orElseThrow().rows()).isEqualTo(round);
        if (round % 3 == 0) {
          query.stop();
          query = query(system);
        }
      }
      query.stop();
    }
  }

  @Test
  void epochThatNeverReachedTheSink_isRepeatedWithTheWholeResult() throws Exception {
    try (TestSystem system = start("")) {
      StreamingQuery query = query(system);
      words.add("a", "b", "c", "d", "e");
      query.processAllAvailable();
      result.failing(true);
      words.add("a");
      assertThatThrownBy(query::awaitTermination).hasMessageContaining("writing to Flaky failed");
      result.failing(false);

      query = query(system);
      query.processAllAvailable();

      assertThat(result.rows()).containsExactlyInAnyOrder("a=2", "b=1", "c=1", "d=1", "e=1");
      query.stop();
    }
  }

  @Test
  void resultBeyondTheLimit_failsTheQuery() throws Exception {
    words.add("a", "b", "c");
    try (TestSystem system = start("vellamo.query.max-complete-groups = 2")) {
      assertThatThrownBy(query(system)::awaitTermination)
          .hasMessageContaining(
              "The result of query [words] in mode [COMPLETE] must have at most [2] groups")
          .hasMessageContaining(
              "has more; raise vellamo.query.max-complete-groups, use outputMode(UPDATE) or group by fewer keys");
      assertThat(result.rows()).isEmpty();
    }
  }

  @Test
  void moreGroupsThanMayBeLive_areAllThereAfterARestart() throws Exception {
    int groups = 2_000;
    try (TestSystem system = start("vellamo.passivation.max-active-groups = 16")) {
      StreamingQuery query = query(system);
      words.add(IntStream.range(0, groups).mapToObj(i -> "w" + i).toArray(String[]::new));
      query.processAllAvailable();
      query.stop();

      query = query(system);
      words.add("w0");
      query.processAllAvailable();

      assertThat(result.rows()).hasSize(groups).contains("w0=2", "w1=1", "w1999=1");
      query.stop();
    }
  }

  private static TestSystem start(String settings) {
    return TestSystem.start("vellamo.journal.least-snapshot-size = 1\n" + settings);
  }

  private StreamingQuery query(TestSystem system) {
    return system
        .vellamo()
        .query("words")
        .from(words)
        .groupByKey(word -> word)
        .aggregate(Aggregates.count(), (word, count) -> word + "=" + count)
        .outputMode(OutputMode.COMPLETE)
        .to(result)
        .start();
  }
}
