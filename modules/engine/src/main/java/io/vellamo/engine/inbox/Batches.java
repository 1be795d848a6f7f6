package io.vellamo.engine.inbox;

import io.vellamo.engine.group.Pieces;
import io.vellamo.engine.journal.InboxRecord.MessagesStored;
import java.util.ArrayList;
import java.util.List;

/** The division of messages into records. */
final class Batches {
  private Batches() {}

  /**
   * Returns records of messages with successive offsets.
   *
   * @param first the offset of the first message
   * @param maxBytes the maximum size of a record; a larger message is a separate record
   */
  static List<MessagesStored> records(long first, List<InboxMessage> messages, long maxBytes) {
    List<MessagesStored> records = new ArrayList<>();
    long offset = first;
    for (List<InboxMessage> some : Pieces.of(messages, InboxMessage::size, maxBytes)) {
      records.add(new MessagesStored(offset, some));
      offset += some.size();
    }
    return records;
  }
}
