package io.vellamo.engine.shard;

import io.vellamo.engine.group.StoredValue;

/**
 * A pending event of a parked group.
 *
 * @param origin the origin of the event
 * @param event the event
 */
public record ParkedEvent(EventOrigin origin, StoredValue event) {
  /** Returns the approximate size in the journal. */
  public long size() {
    return origin.size() + event.size();
  }
}
