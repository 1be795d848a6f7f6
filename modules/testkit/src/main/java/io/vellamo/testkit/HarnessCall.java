package io.vellamo.testkit;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.EpochCall;
import org.jspecify.annotations.Nullable;

/**
 * One call of the function.
 *
 * @param requested the call as the shard requests it
 * @param userKey the group's key as the user knows it
 * @param live the state of the group's entry as an object; null if there is none
 */
record HarnessCall(EpochCall requested, @Nullable Object userKey, @Nullable Object live) {
  GroupKey key() {
    return requested.key();
  }

  /** Returns the group's entry before the call. */
  GroupEntry before() {
    return requested.entry();
  }

  /** Returns the number of events of the call. */
  int events() {
    GroupBatch<Object> batch = requested.batch();
    return batch == null ? 0 : batch.size();
  }

  /** Returns whether the call is for a timeout, or for timers. */
  boolean isTimeout() {
    return requested.batch() == null && requested.initialRows() == null;
  }

  /** Returns a copy of this call with the same events and state, to be made again. */
  HarnessCall again() {
    GroupBatch<Object> batch = requested.batch();
    if (batch == null) {
      return this;
    }
    GroupBatch<Object> copy = new GroupBatch<>(key(), userKey, true);
    for (int place = 0; place < batch.size(); place++) {
      copy.add(batch.events().get(place), 0, batch.offset(place), batch.eventTime(place));
    }
    return new HarnessCall(new EpochCall(key(), before(), copy), userKey, live);
  }

  /** Returns why the function is called, for messages. */
  String reason() {
    if (requested.initialRows() != null) {
      return "with [%d] initial rows".formatted(requested.initialRows().size());
    }
    return isTimeout() ? "for its timeout or timers" : "with [%d] events".formatted(events());
  }
}
