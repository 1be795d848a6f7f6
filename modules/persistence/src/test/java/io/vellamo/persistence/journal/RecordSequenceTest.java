package io.vellamo.persistence.journal;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.SnapshotPart;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordSequenceTest {
  private static final JournalRecord CHANGED = new ShardChanged(new ShardChange(1, 1, List.of()));
  private static final JournalRecord PART =
      new ShardSnapshotPart(1, new SnapshotPart(List.of(), true));

  private final RecordSequence sequence = new RecordSequence(PersistenceIds.shard("q", 0));

  @Test
  void recordsFromTheFirstOn_areComplete() {
    sequence.next(1, CHANGED);
    sequence.next(2, CHANGED);

    sequence.recovered(2);
  }

  @Test
  void recordsFromTheMarkOn_areComplete() {
    sequence.beginAfter(new SnapshotMark(13));
    sequence.next(14, CHANGED);

    sequence.recovered(14);
  }

  @Test
  void firstRecords_thatNoSnapshotMakesUpFor_areMissed() {
    sequence.next(14, CHANGED);
    sequence.next(15, PART);

    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> sequence.recovered(15))
        .withMessageContaining(
            "expected sequence number [1], found [14]; records [1] to [13] are missing");
  }

  @Test
  void firstRecords_beforeAWholeSnapshot_areNotNeeded() {
    sequence.next(14, CHANGED);
    sequence.next(15, PART);
    sequence.next(16, new SnapshotMark(13));

    sequence.recovered(16);
  }

  @Test
  void firstRecords_ofTheSnapshotThatWouldMakeUpForThem_areMissed() {
    sequence.next(15, PART);
    sequence.next(16, new SnapshotMark(13));

    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> sequence.recovered(16))
        .withMessageContaining("found [15]; records [1] to [14] are missing");
  }

  @Test
  void firstRecordAfterAMark_isMissedAtOnce_whateverFollows() {
    sequence.beginAfter(new SnapshotMark(13));

    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> sequence.next(15, CHANGED))
        .withMessageContaining("expected sequence number [14], found [15]");
  }

  @Test
  void recordInTheMiddle_isMissedAtOnce_whateverFollows() {
    sequence.next(1, CHANGED);

    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> sequence.next(3, new SnapshotMark(2)))
        .withMessageContaining("expected sequence number [2], found [3]");
  }

  @Test
  void beginningOfAQuery_isMissedAtOnce_withoutItsSnapshot() {
    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> sequence.next(2, new QueryResumed(1, "")))
        .withMessageContaining("expected sequence number [1], found [2]");
  }

  @Test
  void lastRecords_thatWereGivenAndAreNotThere_areMissed() {
    sequence.next(1, CHANGED);

    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> sequence.recovered(3))
        .withMessageContaining("records [2] to [3] are missing");
  }
}
