package io.vellamo.engine.inbox;

import io.vellamo.engine.group.StoredValue;

/**
 * A message that an inbox is to store.
 *
 * @param ticket identifies the offer in the answer
 * @param id the message's identity
 * @param event its event in serialized form
 */
public record Offer(long ticket, String id, StoredValue event) {
  InboxMessage message() {
    return new InboxMessage(id, event);
  }
}
