package io.vellamo.engine.shard;

import io.vellamo.engine.group.StoredValue;

/**
 * An event that waits because its group is parked.
 *
 * @param origin where it came from
 * @param event the event
 */
public record ParkedEvent(EventOrigin origin, StoredValue event) {
  /** Returns roughly how large this is in the journal. */
  public long size() {
    return origin.size() + event.size();
  }
}
