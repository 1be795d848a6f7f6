package io.vellamo.actors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.EventStream;
import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.RowSink;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import io.vellamo.api.sink.SinkWriter;
import io.vellamo.connectors.memory.MemorySource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An epoch that shards hold but whose rows never reached the sink. */
final class RecoveryTest {
  private final TestSystem system = TestSystem.start("vellamo.journal.least-snapshot-size = 1");
  private final MemorySource<String> words = MemorySource.create();
  private final AtomicInteger calls = new AtomicInteger();
  private final FailingSink sink = new FailingSink();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void sinkFails_restartAnswersFromMemory_withoutCallingTheFunction() throws Exception {
    sink.failing = true;
    StreamingQuery query = start();
    words.add("a", "b", "c", "a");
    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining("failed in epoch [1]: writing to Failing failed");
    assertThat(calls).hasValue(3);
    sink.failing = false;

    query = start();
    query.processAllAvailable();

    assertThat(calls).hasValue(3);
    assertThat(sink.rows).containsExactlyInAnyOrder("a 2", "b 1", "c 1");
    query.stop();
  }

  @Test
  void sinkFails_behindSeveralOperators_restartAnswersFromTheMemoryOfAll() throws Exception {
    sink.failing = true;
    StreamingQuery query = startChain();
    words.add("a", "bb", "a", "c", "bb");
    assertThatThrownBy(query::awaitTermination)
        .hasMessageContaining("failed in epoch [1]: writing to Failing failed");
    assertThat(calls).hasValue(2);
    sink.failing = false;

    query = startChain();
    query.processAllAvailable();
    words.add("a", "dd");
    query.processAllAvailable();

    assertThat(calls).hasValue(3);
    assertThat(sink.rows).containsExactlyInAnyOrder("1 2", "2 1", "2 2");
    query.stop();
  }

  @Test
  void manyEpochs_snapshotsAndRestart_stateIsWhole() throws Exception {
    StreamingQuery query = start();
    for (int round = 1; round <= 20; round++) {
      words.add("a", "b", "c", "d");
      query.processAllAvailable();
      if (round % 5 == 0) {
        query.stop();
        query = start();
      }
    }
    sink.rows.clear();
    words.add("a", "b", "c", "d");
    query.processAllAvailable();

    assertThat(sink.rows).containsExactlyInAnyOrder("a 21", "b 21", "c 21", "d 21");
    query.stop();
  }

  private StreamingQuery start() {
    return counted(system.vellamo().query("recovering").from(words), word -> word);
  }

  /** Starts a query that counts different words by their length. */
  private StreamingQuery startChain() {
    return counted(
        system.vellamo().query("chain").from(words).dropDuplicates(word -> word).named("first"),
        word -> Integer.toString(word.length()));
  }

  private StreamingQuery counted(EventStream<String> events, Function<String, String> key) {
    return events
        .groupByKey(key)
        .flatMapGroupsWithState(
            OutputMode.UPDATE, GroupStateTimeout.NONE, Integer.class, this::count)
        .named("counts")
        .to(sink)
        .start();
  }

  private Iterator<String> count(String key, Iterator<String> events, GroupState<Integer> state) {
    calls.incrementAndGet();
    int count = state.optional().orElse(0);
    while (events.hasNext()) {
      events.next();
      count++;
    }
    state.update(count);
    return List.of(key + " " + count).iterator();
  }

  /** Keeps rows, or throws. */
  private static final class FailingSink implements RowSink<String> {
    private final List<String> rows = new ArrayList<>();
    private volatile boolean failing;

    @Override
    public String description() {
      return "Failing";
    }

    @Override
    public SinkGuarantee guarantee() {
      return SinkGuarantee.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<String> open(SinkContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(EpochRows<? extends String> epoch) {
          if (failing) {
            throw new IllegalStateException("failing on purpose");
          }
          for (int i = 0; i < epoch.size(); i++) {
            rows.add(epoch.row(i));
          }
        }

        @Override
        public void close() {}
      };
    }
  }
}
