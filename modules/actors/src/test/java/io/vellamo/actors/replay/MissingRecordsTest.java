package io.vellamo.actors.replay;

import static io.vellamo.actors.replay.VisitRuns.KEEP_HISTORY;
import static io.vellamo.actors.replay.VisitRuns.NAME;
import static io.vellamo.actors.replay.VisitRuns.SNAPSHOT_OFTEN;
import static io.vellamo.actors.replay.VisitRuns.click;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.persistence.journal.MissingRecordsException;
import io.vellamo.replay.Finding;
import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.ReplayKey;
import io.vellamo.replay.ReplayPoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.pekko.persistence.journal.EventSeq;
import org.apache.pekko.persistence.journal.ReadEventAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals that replay fewer records than were written, as a database that has lost some. */
final class MissingRecordsTest {
  private static final String LOSING =
      """

      vellamo.query.shards = 1
      vellamo.embedded-journal.journal {
        event-adapters { losing = "%s" }
        event-adapter-bindings { "%s" = losing }
      }
      """
          .formatted(LosingAdapter.class.getName(), JournalEntry.class.getName());

  @TempDir private Path directory;

  @AfterEach
  void loseNothing() {
    LosingAdapter.lose(record -> false, 0, 0);
  }

  @Test
  void recordsInTheMiddleOfAShard_areMissedByItsRecovery() throws Exception {
    VisitRuns runs = written("");

    LosingAdapter.lose(ShardRecord.class::isInstance, 2, 3);

    assertRefused(runs, "[vellamo-shard|visits/0]", "number [2], found [4]; records [2] to [3]");
  }

  @Test
  void firstRecordOfAShard_isMissed() throws Exception {
    VisitRuns runs = written("");

    LosingAdapter.lose(ShardRecord.class::isInstance, 1, 1);

    assertRefused(runs, "[vellamo-shard|visits/0]", "number [1], found [2]; records [1] to [1]");
  }

  @Test
  void lastRecordOfAShard_isMissed() throws Exception {
    VisitRuns runs = written("");

    LosingAdapter.lose(ShardRecord.class::isInstance, 7, 7);

    assertRefused(
        runs,
        "[vellamo-shard|visits/0]",
        "number [7], found none, and [7] as the highest ever given; records [7] to [7]");
  }

  @Test
  void firstRecordBehindAMark_isMissed() throws Exception {
    VisitRuns runs = written(SNAPSHOT_OFTEN);

    LosingAdapter.lose(ShardRecord.class::isInstance, 1, 1);

    assertRefused(runs, "[vellamo-shard|visits/0]", "must follow each other without a gap");
  }

  @Test
  void recordOfAQuery_isMissedByItsCoordinator() throws Exception {
    VisitRuns runs = written("");

    LosingAdapter.lose(QueryRecord.class::isInstance, 3, 3);

    assertRefused(runs, "[vellamo-query|visits]", "number [3], found [4]; records [3] to [3]");
  }

  @Test
  void hole_isRefusedByReplays_andReportedByVerify() throws Exception {
    VisitRuns runs = written(KEEP_HISTORY);
    LosingAdapter.lose(ShardRecord.class::isInstance, 3, 3);

    try (VisitRuns.Run run = runs.start(LOSING)) {
      JournalReplay replay = run.replay();
      assertThatThrownBy(() -> get(replay.group(NAME, ReplayKey.of("ann"), ReplayPoint.now())))
          .hasCauseInstanceOf(MissingRecordsException.class)
          .hasMessageContaining("records [3] to [3] are missing");
      LosingAdapter.lose(ShardRecord.class::isInstance, 3, 3);
      assertThatThrownBy(() -> get(replay.query(NAME)))
          .hasCauseInstanceOf(MissingRecordsException.class);
      LosingAdapter.lose(ShardRecord.class::isInstance, 3, 3);
      assertThat(get(replay.verify(NAME)).findings())
          .extracting(Finding::kind)
          .contains(Finding.Kind.MISSING_RECORDS);
    }
  }

  @Test
  void journalThatIsWhole_isNotRefused() throws Exception {
    VisitRuns runs = written(SNAPSHOT_OFTEN);

    for (int time = 0; time < 3; time++) {
      try (VisitRuns.Run run = runs.start(SNAPSHOT_OFTEN + LOSING)) {
        StreamingQuery query = run.query();
        for (int epoch = 0; epoch < 5; epoch++) {
          runs.epoch(query, click("ann", epoch));
        }
        query.stop();
      }
    }
  }

  /** Runs six epochs that each change the shard. */
  private VisitRuns written(String settings) throws Exception {
    VisitRuns runs = new VisitRuns(directory);
    try (VisitRuns.Run run = runs.start(settings + LOSING)) {
      StreamingQuery query = run.query();
      for (int epoch = 1; epoch <= 6; epoch++) {
        runs.epoch(query, click("ann", epoch));
      }
      query.stop();
    }
    return runs;
  }

  private static void assertRefused(VisitRuns runs, String id, String reason) {
    try (VisitRuns.Run run = runs.start(LOSING)) {
      StreamingQuery query = run.query();
      assertThatThrownBy(() -> query.awaitTermination(Duration.ofMinutes(1)))
          .isInstanceOf(StreamingQueryException.class)
          .hasStackTraceContaining(MissingRecordsException.class.getName())
          .hasStackTraceContaining(id)
          .hasStackTraceContaining(reason);
    }
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** Leaves out some of the records that a journal replays. */
  static final class LosingAdapter implements ReadEventAdapter {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static volatile Predicate<Object> kind = record -> false;
    private static volatile int from;
    private static volatile int until;

    /** Loses records of a kind, counted from 1 as they are read. */
    static void lose(Predicate<Object> lostKind, int first, int last) {
      COUNT.set(0);
      kind = lostKind;
      from = first;
      until = last;
    }

    @Override
    public EventSeq fromJournal(Object event, String manifest) {
      if (event instanceof JournalEntry<?> entry && kind.test(entry.record())) {
        int place = COUNT.incrementAndGet();
        if (place >= from && place <= until) {
          return EventSeq.empty();
        }
      }
      return EventSeq.single(event);
    }
  }
}
