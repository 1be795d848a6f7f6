package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.query.QueryClock;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySink;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The pause between epochs of a query that keeps up with its input. */
final class EpochIntervalTest {
  private static final String PATH = "vellamo.query.min-epoch-interval";

  private final MemorySource<String> words = MemorySource.create();
  private final MemorySink<String> rows = MemorySink.create();

  @Test
  void firstEvent_isProcessedAtOnce_laterOnesWait_untilSomebodyAsks() throws Exception {
    try (TestSystem system = TestSystem.start(PATH + " = 1h")) {
      StreamingQuery query = start(system, Optional.empty());
      words.add("first");
      await().until(() -> rows.rows().size() == 1);
      words.add("second", "third");

      query.processAllAvailable();

      assertThat(rows.rows()).containsExactly("first", "second", "third");
      assertThat(query.recentProgress()).hasSize(2);
      query.stop();
    }
  }

  @Test
  void eventsThatArriveDuringThePause_areProcessedAfterIt_inOneEpoch() throws Exception {
    Duration interval = Duration.ofMillis(300);
    try (TestSystem system = TestSystem.start(PATH + " = 300ms")) {
      StreamingQuery query = start(system, Optional.empty());
      words.add("first");
      await().until(() -> rows.rows().size() == 1);
      words.add("second");
      words.add("third");

      await().until(() -> query.recentProgress().size() >= 2 && rows.rows().size() == 3);

      Instant first = query.recentProgress().get(0).timestamp();
      Instant second = query.recentProgress().get(1).timestamp();
      assertThat(Duration.between(first, second)).isGreaterThanOrEqualTo(interval.minusMillis(50));
      query.stop();
    }
  }

  @Test
  void queryWithAClockOfItsOwn_doesNotWait() throws Exception {
    try (TestSystem system = TestSystem.start(PATH + " = 1h")) {
      StreamingQuery query =
          start(system, Optional.of(ManualClock.at(Instant.ofEpochSecond(1_000))));
      words.add("first");
      await().until(() -> rows.rows().size() == 1);
      words.add("second");

      await().until(() -> rows.rows().size() == 2);

      query.stop();
    }
  }

  @Test
  void negativeInterval_isRefused() {
    try (TestSystem system = TestSystem.start(PATH + " = -1ms")) {
      assertThatThrownBy(system::vellamo)
          .hasStackTraceContaining(PATH + " must not be negative, was [-1ms]");
    }
  }

  private StreamingQuery start(TestSystem system, Optional<QueryClock> clock) throws Exception {
    QueryBuilder query = system.vellamo().query("words").from(words).map(word -> word).to(rows);
    return clock.map(query::clock).orElse(query).start();
  }
}
