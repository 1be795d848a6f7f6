package io.vellamo.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.engine.journal.DefinitionRecord.OperatorsAdded;
import io.vellamo.engine.journal.InboxRecord.InboxOpened;
import io.vellamo.engine.journal.InboxRecord.MessagesStored;
import io.vellamo.engine.journal.JournalEntry;
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

  private final RecordSequence sequence = new RecordSequence(PersistenceIds.shard("q", 0, 0));

  private void next(long sequenceNr, JournalRecord record) {
    sequence.next(sequenceNr, new JournalEntry<>(sequenceNr, 1, record));
  }

  @Test
  void recordsFromTheFirstOn_areComplete() {
    next(1, CHANGED);
    next(2, CHANGED);

    sequence.recovered(2);
  }

  @Test
  void recordsFromTheMarkOn_areComplete() {
    sequence.beginAfter(new SnapshotMark(13));
    next(14, CHANGED);

    sequence.recovered(14);
  }

  @Test
  void firstRecords_thatNoSnapshotMakesUpFor_areMissed() {
    next(14, CHANGED);
    next(15, PART);

    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> sequence.recovered(15))
        .withMessageContaining(
            "expected sequence number [1], found [14]; records [1] to [13] are missing");
  }

  @Test
  void firstRecords_beforeAWholeSnapshot_areNotNeeded() {
    next(14, CHANGED);
    next(15, PART);
    next(16, new SnapshotMark(13));

    sequence.recovered(16);
  }

  @Test
  void firstRecords_beforeAWholeSnapshotOfAnInbox_areNotNeeded() {
    next(14, new MessagesStored(300, List.of()));
    next(15, new SnapshotMark(13));

    sequence.recovered(15);
  }

  @Test
  void firstRecords_ofTheSnapshotThatWouldMakeUpForThem_areMissed() {
    next(15, PART);
    next(16, new SnapshotMark(13));

    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> sequence.recovered(16))
        .withMessageContaining("found [15]; records [1] to [14] are missing");
  }

  @Test
  void firstRecordAfterAMark_isMissedAtOnce_whateverFollows() {
    sequence.beginAfter(new SnapshotMark(13));

    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> next(15, CHANGED))
        .withMessageContaining("expected sequence number [14], found [15]");
  }

  @Test
  void recordInTheMiddle_isMissedAtOnce_whateverFollows() {
    next(1, CHANGED);

    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> next(3, new SnapshotMark(2)))
        .withMessageContaining("expected sequence number [2], found [3]");
  }

  @Test
  void beginningOfAQuery_isMissedAtOnce_withoutItsSnapshot() {
    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> next(2, new QueryResumed(1, "")))
        .withMessageContaining("expected sequence number [1], found [2]");
  }

  @Test
  void lastRecords_thatWereGivenAndAreNotThere_areMissed() {
    next(1, CHANGED);

    assertThatExceptionOfType(MissingRecordsException.class)
        .isThrownBy(() -> sequence.recovered(3))
        .withMessageContaining("records [2] to [3] are missing");
  }

  @Test
  void entry_thatWasWrittenElsewhere_isRefused() {
    next(1, CHANGED);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> sequence.next(2, new JournalEntry<>(3, 1, CHANGED)))
        .withMessageContaining("Entry [2] of [vellamo-shard|q/0] must be where it was written")
        .withMessageContaining("was written at [3]");
  }

  @Test
  void twoEntriesAtOnePlace_areRefused() {
    next(1, CHANGED);
    next(2, CHANGED);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> sequence.next(2, new JournalEntry<>(2, 2, CHANGED)))
        .withMessageContaining(
            "Entry [2] of [vellamo-shard|q/0] must be the only one at its place");
  }

  @Test
  void entryOfAWriterThatWasReplaced_isRefused() {
    sequence.next(1, new JournalEntry<>(1, 7, CHANGED));

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> sequence.next(2, new JournalEntry<>(2, 6, CHANGED)))
        .withMessageContaining("of writer [7] or a later one, was of [6]");
  }

  @Test
  void entries_haveTheirPlaces_andTheWriterThatClaimsThem() {
    QueryResumed resumed = new QueryResumed(4, "");
    List<JournalEntry<JournalRecord>> first =
        sequence.toWrite(8, List.of(new OperatorsAdded(List.of()), resumed));

    assertThat(first)
        .containsExactly(
            new JournalEntry<>(9, 4, new OperatorsAdded(List.of())),
            new JournalEntry<>(10, 4, resumed));
    assertThat(sequence.toWrite(10, List.of(CHANGED)))
        .containsExactly(new JournalEntry<>(11, 4, CHANGED));
  }

  @Test
  void entriesOfAnInbox_areOfTheRunThatOpensIt() {
    assertThat(sequence.toWrite(0, List.of(new InboxOpened(4))))
        .containsExactly(new JournalEntry<>(1, 4, new InboxOpened(4)));
  }

  @Test
  void entries_afterARecovery_areOfTheWriterOfTheLast() {
    sequence.next(1, new JournalEntry<>(1, 7, CHANGED));
    sequence.recovered(1);

    assertThat(sequence.toWrite(1, List.of(CHANGED)))
        .containsExactly(new JournalEntry<>(2, 7, CHANGED));
  }
}
