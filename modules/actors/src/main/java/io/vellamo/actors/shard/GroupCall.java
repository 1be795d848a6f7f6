package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import org.jspecify.annotations.Nullable;

/**
 * One call that a host shall make.
 *
 * @param key the group
 * @param entry what the shard keeps of it
 * @param batch its events; null in a timeout call
 */
record GroupCall(GroupKey key, GroupEntry entry, @Nullable GroupBatch<Object> batch) {}
