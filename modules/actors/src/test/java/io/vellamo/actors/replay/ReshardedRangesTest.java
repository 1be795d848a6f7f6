package io.vellamo.actors.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.vellamo.actors.MemoryRanges;
import io.vellamo.actors.Vellamo;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.OutputMode;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.connectors.memory.MemorySource;
import io.vellamo.replay.JournalReshard;
import io.vellamo.replay.ReshardReport.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sinks in ranges of shards, before and after changes of the number of shards. */
@Timeout(120)
final class ReshardedRangesTest {
  private static final String NAME = "ranges";
  private static final String[] WORDS =
      IntStream.range(0, 60).mapToObj(number -> "w" + number).toArray(String[]::new);

  @TempDir private Path directory;
  private final MemorySource<String> words = MemorySource.create();
  private final MemoryRanges sink = new MemoryRanges();
  private int epochs;

  /** A use of an actor system. */
  private interface Use {
    void of(ActorSystem<?> system) throws Exception;
  }

  @Test
  void rows_beforeAndAfterChanges_reachTheSinkOnce() throws Exception {
    run(8, 3, query -> epochs(query, 3));
    reshard(12);
    run(12, 5, query -> epochs(query, 2));
    run(12, 5, query -> epochs(query, 1));
    reshard(4);
    run(4, 2, query -> epochs(query, 2));

    assertEachRowOnce();
    assertThat(sink.opened)
        .containsExactly(
            "0-1", "2-4", "5-7", "0-1", "2-3", "4-6", "7-8", "9-11", "0-1", "2-3", "4-6", "7-8",
            "9-11", "0-1", "2-3");
  }

  @Test
  void epoch_writtenAndNotCommittedAtTheSinkAfterAChange_isCommittedOnceByTheNextRun()
      throws Exception {
    run(8, 3, query -> epochs(query, 2));
    reshard(12);
    failOnce("commit");
    run(12, 5, this::epochThatFails);
    run(12, 5, query -> epochs(query, 1));
    reshard(4);
    failOnce("committed");
    run(4, 2, this::epochThatFails);
    run(4, 2, query -> epochs(query, 1));

    assertEachRowOnce();
  }

  @Test
  void rows_thatTheSinkHasLostAfterAChange_areWrittenAgainByTheNewShards() throws Exception {
    run(8, 3, query -> epochs(query, 2));
    reshard(12);
    failOnce("commit");
    run(12, 5, this::epochThatFails);
    sink.lose();
    run(12, 5, query -> epochs(query, 1));

    assertEachRowOnce();
  }

  @Test
  void change_whileARangeLacksTheLastEpoch_isRefused_untilARunHasCommittedIt() throws Exception {
    run(8, 3, query -> epochs(query, 2));
    failOnce("commit");
    run(8, 3, this::epochThatFails);

    assertThatThrownBy(() -> reshard(12))
        .hasMessageContaining(
            "All ranges of the sink of query [ranges] must have committed epoch [3]");
    run(8, 3, StreamingQuery::processAllAvailable);
    reshard(12);
    run(12, 5, query -> epochs(query, 2));

    assertEachRowOnce();
  }

  @Test
  void change_whileAnEpochIsPlanned_isRefused_untilARunHasCommittedIt() throws Exception {
    run(8, 3, query -> epochs(query, 2));
    failOnce("write");
    run(8, 3, this::epochThatFails);

    assertThatThrownBy(() -> reshard(12))
        .hasMessageContaining("epoch [3] is planned and not committed");
    run(8, 3, StreamingQuery::processAllAvailable);
    reshard(12);
    run(12, 5, query -> epochs(query, 2));

    assertEachRowOnce();
  }

  /** A run of the query. */
  private interface Steps {
    void of(StreamingQuery query) throws Exception;
  }

  private void run(int shards, int ranges, Steps steps) throws Exception {
    String settings = "vellamo.query { shards = %d, sink-ranges = %d }".formatted(shards, ranges);
    use(
        settings,
        system -> {
          StreamingQuery query = start(system);
          steps.of(query);
          query.stop();
        });
  }

  private void reshard(int shards) throws Exception {
    use(
        "",
        system ->
            assertThat(
                    JournalReshard.on(system)
                        .change(NAME, shards)
                        .toCompletableFuture()
                        .join()
                        .outcome())
                .isEqualTo(Outcome.CHANGED));
  }

  private void use(String settings, Use use) throws Exception {
    Config config =
        ConfigFactory.parseString(
                """
                pekko.loglevel = ERROR
                vellamo.journal.plugin = "vellamo.embedded-journal.journal"
                vellamo.journal.snapshot-plugin = "vellamo.embedded-journal.snapshot-store"
                vellamo.embedded-journal { dir = "%s", sync = off }
                """
                        .formatted(directory)
                    + settings)
            .withFallback(ConfigFactory.load());
    ActorTestKit testKit = ActorTestKit.create(config);
    try {
      use.of(testKit.system());
    } finally {
      testKit.shutdownTestKit();
    }
  }

  private StreamingQuery start(ActorSystem<?> system) {
    return Vellamo.get(system)
        .query(NAME)
        .from(words)
        .groupByKey(word -> word)
        .<Integer, String>flatMapGroupsWithState(
            OutputMode.UPDATE,
            GroupStateTimeout.NONE,
            Integer.class,
            (word, events, state) -> {
              int count = state.optional().orElse(0);
              for (; events.hasNext(); events.next()) {
                count++;
              }
              state.update(count);
              Iterator<String> rows = List.of(word + " " + count).iterator();
              return rows;
            })
        .to(sink)
        .start();
  }

  /** Runs epochs that have each word once. */
  private void epochs(StreamingQuery query, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      words.add(WORDS);
      epochs++;
      query.processAllAvailable();
    }
  }

  private void epochThatFails(StreamingQuery query) {
    words.add(WORDS);
    epochs++;
    assertThatThrownBy(query::awaitTermination).hasMessageContaining("MemoryRanges failed");
  }

  /** Lets the first call of a kind fail in the next epoch. */
  private void failOnce(String failing) {
    long next = epochs + 1L;
    AtomicBoolean fails = new AtomicBoolean(true);
    sink.before =
        (call, epoch) -> {
          if (call.equals(failing) && epoch == next && fails.getAndSet(false)) {
            throw new IllegalStateException("broken");
          }
        };
  }

  /** Checks that each word was counted in each epoch, and that each count is there once. */
  private void assertEachRowOnce() {
    assertThat(sink.rows())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(WORDS)
                .flatMap(
                    word -> IntStream.rangeClosed(1, epochs).mapToObj(count -> word + " " + count))
                .toList());
  }
}
