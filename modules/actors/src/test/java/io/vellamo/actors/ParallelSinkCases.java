package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.QueryBuilder;
import io.vellamo.api.RetryableException;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySource;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink whose rows are written in two ranges of shards. */
@Timeout(60)
abstract class ParallelSinkCases {
  private static final String[] WORDS = {"a", "b", "c", "d", "e", "f", "g", "h"};

  private final TestSystem system;
  private final MemorySource<String> words = MemorySource.create();
  private final MemoryRanges sink = new MemoryRanges();
  private final AtomicInteger calls = new AtomicInteger();

  ParallelSinkCases(String hosting) {
    system =
        TestSystem.start(
            "vellamo.query.sink-ranges = 2\nvellamo.query.hosting = %s".formatted(hosting));
  }

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void ranges_areWrittenAndCommittedAtTheSameTime() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    sink.before = (call, epoch) -> both.await(30, TimeUnit.SECONDS);
    StreamingQuery query = start();

    words.add(WORDS);
    query.processAllAvailable();

    assertThat(sink.opened).containsExactly("0-1", "2-3");
    assertThat(sink.rows())
        .containsExactlyInAnyOrder("a 1", "b 1", "c 1", "d 1", "e 1", "f 1", "g 1", "h 1");
    query.stop();
  }

  @Test
  void commit_failed_isRepeatedByTheNextRun() throws Exception {
    failAt("commit", 2);
    StreamingQuery query = start();
    words.add(WORDS);
    query.processAllAvailable();
    words.add("a");
    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining("failed after epoch [2]: committing at MemoryRanges failed")
        .hasMessageContaining("the epoch is committed, a restart commits it at the sink");

    query = start();
    words.add("a");
    query.processAllAvailable();

    assertThat(calls).hasValue(10);
    assertThat(sink.rows()).hasSize(10).contains("a 1", "a 2", "a 3");
    query.stop();
  }

  @Test
  void commit_failedAfterItTookEffect_isRepeatedWithoutEffect() throws Exception {
    failAt("committed", 1);
    StreamingQuery query = start();
    words.add(WORDS);
    assertThatThrownBy(query::awaitTermination).hasMessageContaining("failed after epoch [1]");

    query = start();
    query.processAllAvailable();

    assertThat(sink.rows()).hasSize(8);
    query.stop();
  }

  @Test
  void writtenRows_lostBeforeTheirCommit_areWrittenAgainFromTheShards() throws Exception {
    failAt("commit", 1);
    StreamingQuery query = start();
    words.add(WORDS);
    assertThatThrownBy(query::awaitTermination).hasMessageContaining("failed after epoch [1]");
    sink.lose();

    query = start();
    query.processAllAvailable();

    assertThat(calls).hasValue(8);
    assertThat(sink.rows())
        .containsExactlyInAnyOrder("a 1", "b 1", "c 1", "d 1", "e 1", "f 1", "g 1", "h 1");
    query.stop();
  }

  @Test
  void write_failed_isRepeatedWithTheSameRows() throws Exception {
    failAt("write", 1);
    StreamingQuery query = start();
    words.add(WORDS);
    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining("failed in epoch [1]: writing to MemoryRanges failed");
    assertThat(sink.rows()).isEmpty();

    query = start();
    query.processAllAvailable();

    assertThat(calls).hasValue(8);
    assertThat(sink.rows()).hasSize(8);
    query.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "commit", "committed"})
  void range_unavailableForAWhile_isOpenedAgain_andNoOther(String failing) throws Exception {
    unavailableAt(failing, 2, 3);
    StreamingQuery query = start();
    words.add(WORDS);
    query.processAllAvailable();
    words.add(WORDS);
    query.processAllAvailable();
    words.add("a");
    query.processAllAvailable();

    assertThat(sink.rows()).hasSize(17).doesNotHaveDuplicates().contains("h 2", "a 3");
    assertThat(calls).hasValue(17);
    // One of the two ranges was closed and opened again, three times.
    assertThat(sink.opened.subList(0, 2)).containsExactly("0-1", "2-3");
    assertThat(Set.copyOf(sink.opened.subList(2, 5))).hasSize(1);
    assertThat(sink.opened).hasSize(5);
    assertThat(query.recentProgress().get(1).retries()).isEqualTo(3);
    assertThat(query.status().outage()).isEmpty();
    query.stop();
  }

  @Test
  void rows_lostInAnOutage_areWrittenAgainFromTheShards() throws Exception {
    unavailableAt("commit", 1, 1);
    sink.onOpen = sink::lose;
    StreamingQuery query = start();
    words.add(WORDS);
    query.processAllAvailable();

    assertThat(calls).hasValue(8);
    assertThat(sink.rows()).hasSize(8).doesNotHaveDuplicates();
    query.stop();
  }

  @Test
  void range_thatCanNotBeOpened_isOpenedLater() throws Exception {
    AtomicInteger refusals = new AtomicInteger(2);
    sink.onOpen =
        () -> {
          if (refusals.getAndDecrement() > 0) {
            throw new RetryableException("refused", null);
          }
        };
    StreamingQuery query = start();
    words.add(WORDS);
    query.processAllAvailable();

    assertThat(sink.rows()).hasSize(8);
    query.stop();
  }

  @Test
  void batch_withAnOutage_writesOnce() throws Exception {
    unavailableAt("commit", 1, 2);
    words.add(WORDS);

    query().runBatch();

    assertThat(sink.opened).containsExactly("all", "all", "all");
    assertThat(sink.rows()).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void rows_withoutShard_areWrittenByOneWriter() throws Exception {
    StreamingQuery query = system.vellamo().query("stateless").from(words).to(sink).start();

    words.add("a", "b");
    query.processAllAvailable();

    assertThat(sink.opened).containsExactly("all");
    assertThat(sink.rows()).containsExactly("a", "b");
    query.stop();
  }

  /** Lets the first call of a kind fail in an epoch. */
  private void failAt(String failing, long inEpoch) {
    AtomicBoolean fails = new AtomicBoolean(true);
    sink.before =
        (call, epoch) -> {
          if (call.equals(failing) && epoch == inEpoch && fails.getAndSet(false)) {
            throw new IllegalStateException("broken");
          }
        };
  }

  /** Lets calls of a kind fail in an epoch, as if one range could not be reached. */
  private void unavailableAt(String failing, long inEpoch, int times) {
    AtomicReference<Thread> range = new AtomicReference<>();
    AtomicInteger failures = new AtomicInteger(times);
    sink.before =
        (call, epoch) -> {
          if (call.equals(failing)
              && epoch == inEpoch
              && (range.compareAndSet(null, Thread.currentThread())
                  || range.get() == Thread.currentThread())
              && failures.getAndDecrement() > 0) {
            throw new RetryableException("refused", null);
          }
        };
  }

  private StreamingQuery start() {
    return query().start();
  }

  private QueryBuilder query() {
    return system
        .vellamo()
        .query("ranges")
        .from(words)
        .groupByKey(word -> word)
        .<Integer, String>flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              calls.incrementAndGet();
              int count = state.optional().orElse(0);
              for (; events.hasNext(); events.next()) {
                count++;
              }
              state.update(count);
              Iterator<String> rows = List.of(word + " " + count).iterator();
              return rows;
            })
        .to(sink)
        .retry(RetryPolicy.of(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofSeconds(30)));
  }
}
