package io.vellamo.checks.journals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.EventCounts;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.query.Trigger;
import io.vellamo.checks.journals.LargeStates.Exchange;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.JournalReshard;
import io.vellamo.replay.Replacement;
import io.vellamo.replay.ReplayReport;
import io.vellamo.replay.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a query needs of a journal, whichever it is.
 *
 * <p>The seed is in every message; {@code -Dseed=N} repeats a run.
 */
abstract class QueryJournalContract {
  private static final Pattern COUNTED = Pattern.compile("\\{\"key\":(\\d+),\"count\":(\\d+)}");
  private static final long SEED = Long.getLong("seed", 42);
  private static final int LINES = 4_000;
  private static final int EVENTS_PER_EPOCH = 200;
  private static final int KILLS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestedJournal journal;

  @TempDir private Path directory;

  QueryJournalContract(TestedJournal journal) {
    this.journal = journal;
  }

  @Test
  final void query_onANewSystem_goesOnAsIfNothingHadBeen() throws Exception {
    Readings readings = Readings.of(SEED, LINES);
    SessionQuery query = new SessionQuery("stopped", directory);

    query.addInput(readings.lines().subList(0, LINES / 2));
    run(query, Trigger.availableNow(), "");
    query.addInput(readings.lines().subList(LINES / 2, LINES));
    EventCounts total = run(query, Trigger.drain(), "");

    assertThat(query.writtenRows()).as("seed " + SEED).isEqualTo(expectedRows(readings));
    assertThat(total).as("seed " + SEED).isEqualTo(expectedTotal(readings));
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  final void query_whoseShardsAreChanged_goesOnAsIfNothingHadBeen() throws Exception {
    Readings readings = Readings.of(SEED, LINES);
    SessionQuery query = new SessionQuery("resharded", directory);

    query.addInput(readings.lines().subList(0, LINES / 2));
    run(query, Trigger.availableNow(), "");
    try (TestSystem system = TestSystem.start(journal)) {
      for (int shards : new int[] {7, 3}) {
        JournalReshard.on(system.system()).change("resharded", shards).toCompletableFuture().join();
      }
      VerifyReport verified =
          JournalReplay.on(system.system()).verify("resharded").toCompletableFuture().join();
      assertThat(verified.findings()).as("seed " + SEED).isEmpty();
      assertThat(verified.groups()).as("seed " + SEED).isPositive();
    }
    query.addInput(readings.lines().subList(LINES / 2, LINES));
    EventCounts total = run(query, Trigger.drain(), "\nvellamo.query.shards = 3");

    assertThat(query.writtenRows()).as("seed " + SEED).isEqualTo(expectedRows(readings));
    assertThat(total).as("seed " + SEED).isEqualTo(expectedTotal(readings));
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  final void query_killedAtRandomMoments_goesOnAsIfNothingHadBeen() throws Exception {
    Readings readings = Readings.of(SEED, LINES);
    SplittableRandom random = new SplittableRandom(SEED);
    SessionQuery query = new SessionQuery("killed", directory);
    KilledQuery killed = new KilledQuery(query, journal);
    query.addInput(readings.lines());

    for (int i = 0; i < KILLS; i++) {
      killed.runAndKill(random.nextInt(1, 12), random);
    }
    killed.runToTheEnd();

    assertThat(query.writtenRows()).as("seed " + SEED).isEqualTo(expectedRows(readings));
    assertThat(query.notedTotal()).as("seed " + SEED).isEqualTo(expectedTotal(readings).toString());
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  final void inbox_killedAtRandomMoments_neitherLosesNorRepeatsAMessage() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    String small =
        """
        vellamo.inbox { capacity = 100, remembered-ids = 200 }
        vellamo.journal { max-record-size = 512, max-write-size = 4 KiB }
        """;
    KilledProgram killed =
        new KilledProgram(
            InboxProgram.class,
            List.of(directory.toString()),
            directory,
            TestSystem.settings(journal, small));

    for (int i = 0; i < KILLS; i++) {
      killed.runAndKill(
          () -> InboxProgram.acknowledged(directory).size(), random.nextInt(1, 600), random);
    }
    killed.runToTheEnd();

    assertThat(InboxProgram.acknowledged(directory))
        .hasSizeGreaterThanOrEqualTo(InboxProgram.MESSAGES);
    assertThat(lastCounts()).as("seed " + SEED).isEqualTo(InboxProgram.expectedCounts());
  }

  private Map<String, Long> lastCounts() throws IOException {
    Map<String, Long> last = new TreeMap<>();
    for (String row : InboxProgram.rows(directory)) {
      Matcher counted = COUNTED.matcher(row);
      assertThat(counted.matches()).as(row).isTrue();
      last.merge(counted.group(1), Long.parseLong(counted.group(2)), Math::max);
    }
    return last;
  }

  @Test
  final void query_whoseMarksAreLost_goesOnFromTheJournalAlone() throws Exception {
    Readings readings = Readings.of(SEED, LINES);
    SessionQuery query = new SessionQuery("unmarked", directory);
    String otherSnapshots =
        """
        vellamo.journal.snapshot-plugin = "pekko.persistence.snapshot-store.local"
        pekko.persistence.snapshot-store.local.dir = "%s"
        """
            .formatted(directory.resolve("other-snapshots"));

    query.addInput(readings.lines().subList(0, LINES / 2));
    try (TestSystem system = TestSystem.start(journal)) {
      query.start(system.vellamo(), Trigger.availableNow(), EVENTS_PER_EPOCH).awaitTermination();
      awaitTruncation(system, "vellamo-shard|unmarked/0");
    }
    query.addInput(readings.lines().subList(LINES / 2, LINES));
    run(query, Trigger.drain(), otherSnapshots);

    assertThat(query.writtenRows()).as("seed " + SEED).isEqualTo(expectedRows(readings));
  }

  /** Deletes a record, as no journal does by itself. */
  @FunctionalInterface
  interface Deletion {
    void delete(String persistenceId, long sequenceNr) throws Exception;
  }

  /**
   * Asserts that a recovery refuses a shard's journal in which its second record is missing.
   *
   * @param message part of the failure's message
   */
  final void assertMissingRecordIsRefused(Deletion deletion, String message) throws Exception {
    Readings readings = Readings.of(SEED, LINES);
    SessionQuery query = new SessionQuery("incomplete", directory);
    String withoutSnapshots = "vellamo.journal.least-snapshot-size = 1 GiB";
    query.addInput(readings.lines().subList(0, LINES / 2));
    run(query, Trigger.availableNow(), withoutSnapshots);

    deletion.delete("vellamo-shard|incomplete/0", 2);

    query.addInput(readings.lines().subList(LINES / 2, LINES));
    assertThatThrownBy(() -> run(query, Trigger.availableNow(), withoutSnapshots))
        .isInstanceOf(StreamingQueryException.class)
        .hasMessageContaining(message);
  }

  @Test
  final void journal_behindASnapshot_isTruncatedAndRight() throws Exception {
    Readings readings = Readings.of(SEED, LINES);
    SessionQuery query = new SessionQuery("truncated", directory);
    query.addInput(readings.lines());
    try (TestSystem system = TestSystem.start(journal)) {
      query.start(system.vellamo(), Trigger.drain(), EVENTS_PER_EPOCH).awaitTermination();

      awaitTruncation(system, "vellamo-shard|truncated/0");
      VerifyReport verified =
          JournalReplay.on(system.system()).verify("truncated").toCompletableFuture().join();

      assertThat(verified.findings()).isEmpty();
      assertThat(verified.recoveredShards()).isEqualTo(4);
    }
  }

  @Test
  final void epochOfFortyMegabytes_isWrittenAndRecovered() throws Exception {
    LargeStates large = new LargeStates();

    for (int epoch = 1; epoch <= 2; epoch++) {
      List<Exchange> rows = large.runEpoch(journal);

      // Not as lists, whose difference would be forty megabytes of message.
      assertThat(Set.copyOf(rows).equals(Set.copyOf(LargeStates.expected(epoch))))
          .as("rows of epoch " + epoch)
          .isTrue();
    }
  }

  @Test
  final void recordsOfAQuery_readBack_areAllThereInOrder() throws Exception {
    Readings readings = Readings.of(SEED, 500);
    SessionQuery query = new SessionQuery("read-back", directory);
    query.addInput(readings.lines());
    try (TestSystem system = TestSystem.start(journal)) {
      StreamingQuery running = query.start(system.vellamo(), Trigger.drain(), 50);
      running.awaitTermination();

      List<Long> sequence = sequenceNumbers(system, "vellamo-query|read-back");

      // One for each plan and commit at least.
      long epochs = running.lastProgress().orElseThrow().epoch();
      assertThat(sequence.size()).isGreaterThan((int) (2 * epochs));
      assertThat(sequence).isEqualTo(from(1, sequence.size()));
    }
  }

  @Test
  final void recording_ofAllThatHappened_isRightAndReplays() throws Exception {
    Readings readings = Readings.of(SEED, LINES);
    SessionQuery query = new SessionQuery("recorded", directory);
    query.addInput(readings.lines());
    String record = "vellamo.journal { history = all, record-inputs = on }";
    try (TestSystem system = TestSystem.start(journal, record)) {
      query.start(system.vellamo(), Trigger.drain(), EVENTS_PER_EPOCH).awaitTermination();
      JournalReplay replay = JournalReplay.on(system.system());

      VerifyReport verified = replay.verify("recorded").toCompletableFuture().join();
      ReplayReport replayed =
          replay
              .replay(
                  "recorded",
                  Replacement.flatMapGroupsWithState(
                      GroupStateTimeout.EVENT_TIME, Sessionize.Open.class, new Sessionize()))
              .toCompletableFuture()
              .join();

      assertThat(verified.findings()).isEmpty();
      assertThat(verified.knownFromEpoch()).isZero();
      assertThat(verified.snapshotGroups()).isPositive();
      assertThat(replayed.isSame()).isTrue();
      assertThat(replayed.events()).isEqualTo(readings.onTime().size());
    }
  }

  final TestedJournal journal() {
    return journal;
  }

  private EventCounts run(SessionQuery query, Trigger trigger, String settings)
      throws InterruptedException {
    try (TestSystem system = TestSystem.start(journal, settings)) {
      StreamingQuery running = query.start(system.vellamo(), trigger, EVENTS_PER_EPOCH);
      running.awaitTermination();
      return SessionQuery.total(running);
    }
  }

  /** Waits until the beginning of a journal is gone, which happens beside the epochs. */
  private void awaitTruncation(TestSystem system, String persistenceId) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<Long> sequence = sequenceNumbers(system, persistenceId);
              assertThat(sequence.get(0)).isGreaterThan(1);
              assertThat(sequence).isEqualTo(from(sequence.get(0), sequence.size()));
            });
  }

  private List<Long> sequenceNumbers(TestSystem system, String persistenceId) {
    return PersistenceQuery.get(system.system())
        .getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, journal.readJournal())
        .currentEventsByPersistenceId(persistenceId, 0, Long.MAX_VALUE)
        .map(EventEnvelope::sequenceNr)
        .runWith(Sink.seq(), system.system())
        .toCompletableFuture()
        .join();
  }

  private static List<Long> from(long first, int count) {
    return LongStream.range(first, first + count).boxed().toList();
  }

  private static List<String> expectedRows(Readings readings) {
    return Session.of(readings.onTime()).stream().map(Session::toJson).sorted().toList();
  }

  /** Each line of the input has one fate. */
  private static EventCounts expectedTotal(Readings readings) {
    return new EventCounts(readings.onTime().size(), readings.late(), readings.broken());
  }
}
