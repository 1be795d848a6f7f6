package io.vellamo.testkit;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import org.jspecify.annotations.Nullable;

/**
 * One call of the function.
 *
 * @param key the group
 * @param userKey its key as the user knows it
 * @param batch its events; null for a timeout
 * @param before its state and timeout before the call
 * @param live the state of {@code before} as an object; null if there is none
 */
record HarnessCall(
    GroupKey key,
    @Nullable Object userKey,
    @Nullable GroupBatch<Object> batch,
    GroupEntry before,
    @Nullable Object live) {
  /** Returns a copy of this call with the same events and state, to be made again. */
  HarnessCall again() {
    if (batch == null) {
      return this;
    }
    GroupBatch<Object> copy = new GroupBatch<>(key, userKey);
    batch.events().forEach(event -> copy.add(event, 0, ((ScriptedEvent) event).index()));
    return new HarnessCall(key, userKey, copy, before, live);
  }

  /** Returns why the function is called, for messages. */
  String reason() {
    return batch == null ? "for its timeout" : "with [%d] events".formatted(batch.size());
  }
}
