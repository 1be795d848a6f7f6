package io.vellamo.persistence.journal;

import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.inbox.InboxMessage;
import io.vellamo.engine.journal.InboxRecord.MessagesStored;
import java.util.ArrayList;
import java.util.List;

/** The layout of the messages of an inbox. */
final class InboxFormat {
  private InboxFormat() {}

  static void writeMessages(MessagesStored stored, BinaryOutput out) {
    out.writeUnsigned(stored.firstOffset());
    out.writeUnsigned(stored.messages().size());
    ValueClasses classes = new ValueClasses();
    for (InboxMessage message : stored.messages()) {
      out.writeText(message.id());
      StoredValue event = message.event();
      classes.write(event == null ? List.of() : List.of(event), out);
    }
  }

  static MessagesStored readMessages(BinaryInput in) {
    long firstOffset = in.readUnsigned();
    int count = in.readCount();
    List<InboxMessage> messages = new ArrayList<>(count);
    ValueClasses classes = new ValueClasses();
    for (int i = 0; i < count; i++) {
      String id = in.readText();
      List<StoredValue> event = classes.read(in);
      if (event.size() > 1) {
        throw new IllegalArgumentException("a message has one event");
      }
      messages.add(new InboxMessage(id, event.isEmpty() ? null : event.get(0)));
    }
    return new MessagesStored(firstOffset, messages);
  }
}
