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
 * @param before what is kept of it
 * @param live the state that {@code before} holds, or null
 */
record HarnessCall(
    GroupKey key,
    @Nullable Object userKey,
    @Nullable GroupBatch<Object> batch,
    GroupEntry before,
    @Nullable Object live) {
  /** Returns the same call, to be made once more. */
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
