package io.vellamo.engine.journal;

import io.vellamo.engine.inbox.InboxMessage;
import java.util.List;

/** A record of an inbox. */
public sealed interface InboxRecord extends JournalRecord
    permits InboxRecord.InboxOpened, InboxRecord.MessagesStored, JournalRecord.SnapshotMark {
  /**
   * An opening of an inbox, which takes the place of the next record of an earlier one. It is the
   * first record that each opening writes.
   *
   * @param incarnation the run of the query that opened the inbox
   */
  record InboxOpened(long incarnation) implements InboxRecord {}

  /**
   * Messages with successive offsets: new ones or, in a snapshot, those that were known at its
   * beginning.
   *
   * @param firstOffset the offset of the first message
   * @param messages the messages; without their events if these have been committed
   */
  record MessagesStored(long firstOffset, List<InboxMessage> messages) implements InboxRecord {
    /** Copies the messages. */
    public MessagesStored {
      messages = List.copyOf(messages);
    }

    /** Returns the approximate size in the journal. */
    public long size() {
      return messages.stream().mapToLong(InboxMessage::size).sum();
    }
  }
}
