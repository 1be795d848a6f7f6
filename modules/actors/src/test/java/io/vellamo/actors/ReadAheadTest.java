package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.Trigger;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.testkit.ManualClock;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An epoch is read while the one in front is still written, and counts only after its commit. */
final class ReadAheadTest {
  private static final String BROKEN = "broken";
  private static final String BROKEN_IN_FUNCTION = "broken-in-function";

  private final TestSystem system = TestSystem.start();
  private final MemorySource<String> words = MemorySource.create();
  private final FlakySink<String> rows = new FlakySink<>();
  private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
  private volatile boolean isMended;

  @AfterEach
  void stop() {
    rows.pass();
    system.close();
  }

  @Test
  void epochBehindAFullOne_isReadWhileThatOneIsWritten() throws Exception {
    words.add("a", "b", "c", "d", "e");
    CountDownLatch atSink = rows.hold();
    StreamingQuery query = start(Trigger.asap());

    assertThat(atSink.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(nextRead()).isEqualTo("a");
    assertThat(nextRead()).isEqualTo("b");
    assertThat(nextRead()).isEqualTo("c");
    assertThat(nextRead()).isEqualTo("d");
    assertThat(query.lastProgress()).isEmpty();
    rows.pass();
    query.processAllAvailable();

    assertThat(rows.rowsOfEpoch(1)).containsExactlyInAnyOrder("a", "b");
    assertThat(rows.rowsOfEpoch(2)).containsExactlyInAnyOrder("c", "d");
    assertThat(rows.rowsOfEpoch(3)).containsExactly("e");
  }

  @Test
  void noMoreThanOneEpoch_isReadAhead() throws Exception {
    words.add("a", "b", "c", "d", "e");
    CountDownLatch atSink = rows.hold();
    start(Trigger.asap());
    assertThat(atSink.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 4; i++) {
      assertThat(nextRead()).isNotNull();
    }

    assertThat(read.poll(300, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void epochBehindASmallOne_isNotReadAhead_soThatItGetsAllThatComes() throws Exception {
    CountDownLatch atSink = rows.hold();
    words.add("a");
    StreamingQuery query = start(Trigger.asap());
    assertThat(atSink.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(nextRead()).isEqualTo("a");

    words.add("b");
    assertThat(read.poll(300, TimeUnit.MILLISECONDS)).isNull();
    words.add("c");
    rows.pass();
    query.processAllAvailable();

    assertThat(rows.rowsOfEpoch(2)).containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void failureAhead_isToldInItsTurn_behindTheCommitInFront() throws Exception {
    words.add("a", "b", BROKEN, "d");
    CountDownLatch atSink = rows.hold();
    StreamingQuery query = start(Trigger.asap());
    assertThat(atSink.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(nextRead()).isEqualTo("a");
    assertThat(nextRead()).isEqualTo("b");
    assertThat(nextRead()).isEqualTo(BROKEN);
    assertThat(query.isActive()).isTrue();
    rows.pass();

    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining("Query [ahead] failed in epoch [2]: ")
        .hasMessageContaining("map failed at source position [memory-0@2]");
    assertThat(rows.rows()).containsExactlyInAnyOrder("a", "b");
    isMended = true;
    start(Trigger.availableNow()).awaitTermination();
    assertThat(rows.rowsOfEpoch(2)).containsExactlyInAnyOrder(BROKEN, "d");
  }

  @Test
  void failureInFront_leavesNothingOfTheEpochAhead() throws Exception {
    words.add("a", BROKEN_IN_FUNCTION, "c", "d");

    assertThatThrownBy(start(Trigger.asap())::awaitTermination)
        .hasMessageContaining("Query [ahead] failed in epoch [1]: ");
    assertThat(rows.rows()).isEmpty();
    isMended = true;
    start(Trigger.availableNow()).awaitTermination();

    assertThat(rows.rowsOfEpoch(1)).containsExactlyInAnyOrder("a", BROKEN_IN_FUNCTION);
    assertThat(rows.rowsOfEpoch(2)).containsExactlyInAnyOrder("c", "d");
  }

  @Test
  void stopWhileReadAhead_losesNothing() throws Exception {
    words.add("a", "b", "c", "d");
    CountDownLatch atSink = rows.hold();
    StreamingQuery query = start(Trigger.asap());
    assertThat(atSink.await(20, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 4; i++) {
      assertThat(nextRead()).isNotNull();
    }
    rows.pass();
    query.stop();
    start(Trigger.availableNow()).awaitTermination();

    assertThat(rows.rowsOfEpoch(1)).containsExactlyInAnyOrder("a", "b");
    assertThat(rows.rowsOfEpoch(2)).containsExactlyInAnyOrder("c", "d");
  }

  /** Or a query that is behind would never catch up for the cost of its epochs. */
  @Test
  void epochsOfAQueryThatIsBehind_growByThemselves() throws Exception {
    MemorySource<Integer> numbers = MemorySource.create();
    numbers.addTo(0, IntStream.range(0, 100_000).boxed().toList());
    StreamingQuery query =
        system
            .vellamo()
            .query("growing")
            .from(numbers)
            .filter(number -> number % 10_000 == 0)
            .map(String::valueOf)
            .to(rows)
            .clock(ManualClock.at(Instant.EPOCH))
            .trigger(Trigger.availableNow())
            .start();
    query.awaitTermination();

    assertThat(query.recentProgress())
        .extracting(progress -> progress.events().input())
        // Each is planned before it is known how the one in front went.
        .containsExactly(10_000L, 10_000L, 20_000L, 20_000L, 40_000L);
    assertThat(rows.rows()).hasSize(10);
  }

  private @Nullable String nextRead() throws InterruptedException {
    return read.poll(20, TimeUnit.SECONDS);
  }

  private StreamingQuery start(Trigger trigger) {
    return system
        .vellamo()
        .query("ahead")
        .from(words)
        .map(this::noted)
        .groupByKey(word -> word)
        .mapGroupsWithState(
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              if (word.equals(BROKEN_IN_FUNCTION) && !isMended) {
                throw new IllegalStateException("broken on purpose");
              }
              state.update(state.optional().orElse(0) + 1);
              return word;
            })
        .to(rows)
        .maxEventsPerEpoch(2)
        .trigger(trigger)
        .start();
  }

  private String noted(String word) {
    read.add(word);
    if (word.equals(BROKEN) && !isMended) {
      throw new IllegalStateException("broken on purpose");
    }
    return word;
  }
}
