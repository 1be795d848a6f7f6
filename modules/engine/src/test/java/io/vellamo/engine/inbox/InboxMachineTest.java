package io.vellamo.engine.inbox;

import static io.vellamo.engine.inbox.StoredInbox.limits;
import static io.vellamo.engine.inbox.StoredInbox.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.journal.InboxRecord;
import io.vellamo.engine.journal.InboxRecord.InboxOpened;
import io.vellamo.engine.journal.InboxRecord.MessagesStored;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.journal.JournalRecord.SnapshotMark;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class InboxMachineTest {
  private final StoredInbox inbox = new StoredInbox(limits(100, 100));

  @Test
  void inbox_claimsItsJournal_beforeItTakesMessages() {
    inbox.start(OptionalLong.empty());
    inbox.offer(message(1, "a"));

    assertThat(inbox.writes.element()).containsExactly(new InboxOpened(1));
    assertThat(inbox.isOpened).isFalse();

    inbox.write();

    assertThat(inbox.isOpened).isTrue();
    assertThat(inbox.writes.element()).hasSize(1).first().isInstanceOf(MessagesStored.class);
  }

  @Test
  void message_isAnsweredAndReadable_onceItIsWritten() {
    inbox.started().offer(message(1, "a"));

    assertThat(inbox.stored).isEmpty();
    assertThat(inbox.unread()).isEmpty();
    assertThat(inbox.signals).isZero();

    inbox.write();

    assertThat(inbox.stored).containsExactly(1L);
    assertThat(inbox.unread()).containsExactly(1);
    assertThat(inbox.signals).isOne();
  }

  @Test
  void messagesThatArriveDuringAWrite_areWrittenTogether() {
    inbox.started().offer(message(1, "a"));
    inbox.offer(message(2, "b"));
    inbox.offer(message(3, "c"));
    inbox.write();

    assertThat(inbox.writes.element())
        .singleElement()
        .satisfies(record -> assertThat(ids(record)).containsExactly("b", "c"));
  }

  @Test
  void sameIdTwiceInOneBatch_isStoredOnce_andAnsweredOnceItIsDurable() {
    inbox.started().offer(message(1, "a"), message(2, "b"), message(3, "a"));
    inbox.offer(message(4, "a"));

    assertThat(inbox.duplicates).isEmpty();

    inbox.writeAll();

    assertThat(inbox.stored).containsExactly(1L, 2L);
    assertThat(inbox.duplicates).containsExactly(3L, 4L);
    assertThat(inbox.unread()).containsExactly(1, 2);
  }

  @Test
  void messageSentAgain_isADuplicate_alsoAfterItsCommitAndARestart() {
    inbox.started().offer(message(1, "a"));
    inbox.writeAll().offer(message(2, "a"));
    inbox.committed(1);
    inbox.offer(message(3, "a"));
    inbox.start(OptionalLong.of(1)).writeAll().offer(message(4, "a"));

    assertThat(inbox.duplicates).containsExactly(2L, 3L, 4L);
    assertThat(inbox.unread()).isEmpty();
    assertThat(inbox.writes).isEmpty();
  }

  @Test
  void fullInbox_storesFurtherMessagesAfterACommit() {
    StoredInbox small = new StoredInbox(limits(2, 100)).started();
    small.offer(message(1, "a"), message(2, "b"), message(3, "c"), message(4, "d"));
    small.writeAll();

    assertThat(small.stored).containsExactly(1L, 2L);

    small.committed(1);
    small.writeAll();

    assertThat(small.stored).containsExactly(1L, 2L, 3L);
    assertThat(small.unread()).containsExactly(2, 3);
    assertThat(small.events().length()).isEqualTo(2);
  }

  @Test
  void messageThatWaitsForRoom_isKnownById() {
    StoredInbox small = new StoredInbox(limits(1, 100)).started();
    small.offer(message(1, "a"), message(2, "b"), message(3, "b"));
    small.writeAll().committed(1);
    small.writeAll();

    assertThat(small.stored).containsExactly(1L, 2L);
    assertThat(small.duplicates).containsExactly(3L);
  }

  @Test
  void idOlderThanTheRemembered_isStoredAgain() {
    StoredInbox forgetful = new StoredInbox(limits(100, 2)).started();
    forgetful.offer(message(1, "a"), message(2, "b"), message(3, "c"));
    forgetful.writeAll().committed(3);
    forgetful.offer(message(4, "b"), message(5, "c"), message(6, "a"));
    forgetful.writeAll();

    assertThat(forgetful.duplicates).containsExactly(4L, 5L);
    assertThat(forgetful.stored).containsExactly(1L, 2L, 3L, 6L);
  }

  @Test
  void idsOfMessagesInTheInbox_areRememberedBeyondTheBound() {
    StoredInbox forgetful = new StoredInbox(limits(100, 1)).started();
    forgetful.offer(message(1, "a"), message(2, "b"), message(3, "c"));
    forgetful.writeAll().start(OptionalLong.empty()).writeAll();
    forgetful.offer(message(4, "a"));

    assertThat(forgetful.duplicates).containsExactly(4L);
  }

  @Test
  void restart_findsTheMessagesThatAreNotCommitted() {
    inbox.started().offer(message(1, "a"), message(2, "b"), message(3, "c"));
    inbox.writeAll().start(OptionalLong.of(2)).writeAll();

    assertThat(inbox.unread()).containsExactly(3);
    assertThat(inbox.events().first()).isEqualTo(2);
    assertThat(inbox.events().end()).isEqualTo(3);
  }

  @Test
  void restartOfAQueryThatHasCommittedNothing_findsAllMessages() {
    inbox.started().offer(message(1, "a"));
    inbox.writeAll().start(OptionalLong.empty()).writeAll();

    assertThat(inbox.unread()).containsExactly(1);
  }

  @Test
  void journalThatIsBehindItsQuery_goesOnAtTheQuerysOffset() {
    inbox.start(OptionalLong.of(7)).writeAll().offer(message(1, "a"));
    inbox.writeAll();

    assertThat(inbox.events().first()).isEqualTo(7);
    assertThat(inbox.start(OptionalLong.of(7)).writeAll().unread()).containsExactly(1);
    assertThat(inbox.events().end()).isEqualTo(8);
  }

  @Test
  void commitToldAgain_changesNothing() {
    inbox.started().offer(message(1, "a"), message(2, "b"));
    inbox.writeAll().committed(1);
    inbox.committed(1);
    inbox.committed(0);

    assertThat(inbox.unread()).containsExactly(2);
  }

  @Test
  void largeBatch_isDividedIntoRecordsAndWrites() {
    StoredInbox divided =
        new StoredInbox(
                new InboxLimits(100, 100, new JournalLimits(Long.MAX_VALUE, 250, 600, false)))
            .started();
    for (int i = 1; i <= 9; i++) {
      divided.offer(new Offer(i, "m" + i, new StoredValue("e", new byte[100])));
    }
    divided.write();

    assertThat(divided.writes.element()).extracting(record -> ids(record).size()).contains(2, 2, 1);
    divided.writeAll();
    assertThat(divided.stored).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(divided.events().length()).isEqualTo(9);
  }

  @Test
  void journalThatHasGrown_getsASnapshot_fromWhichAllIsRecovered() {
    StoredInbox growing = snapshotsAfter(60);
    for (int i = 1; i <= 20; i++) {
      growing.offer(message(i, "m" + i));
      growing.writeAll();
      growing.committed(i - 1);
      growing.writeAll();
    }

    assertThat(growing.journal())
        .hasSizeLessThan(30)
        .hasAtLeastOneElementOfType(SnapshotMark.class);
    growing.start(OptionalLong.of(19)).writeAll();
    assertThat(growing.unread()).containsExactly(20);
    growing.offer(message(21, "m17"), message(22, "m20"), message(23, "m1"));
    growing.writeAll();
    assertThat(growing.duplicates).containsExactly(21L, 22L);
    assertThat(growing.stored).endsWith(23L);
  }

  @Test
  void snapshotOfMarkThatWasLost_isRecoveredFromTheRestOfTheJournal() {
    StoredInbox growing = snapshotsAfter(60);
    for (int i = 1; i <= 20; i++) {
      growing.offer(message(i, "m" + i));
      growing.writeAll();
    }

    growing.startWithoutMark(OptionalLong.of(18)).writeAll();

    assertThat(growing.unread()).containsExactly(19, 20);
    growing.offer(message(21, "m17"));
    assertThat(growing.duplicates).containsExactly(21L);
  }

  private static StoredInbox snapshotsAfter(long bytes) {
    return new StoredInbox(new InboxLimits(100, 4, new JournalLimits(bytes, 30, 1000, false)))
        .started();
  }

  private static List<String> ids(InboxRecord record) {
    return ((MessagesStored) record).messages().stream().map(InboxMessage::id).toList();
  }
}
