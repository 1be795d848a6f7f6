package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import org.jspecify.annotations.Nullable;

/**
 * One call of the user's function that an epoch wants.
 *
 * @param key the group
 * @param entry what is kept of it
 * @param batch its events; null in a timeout call
 */
public record EpochCall(GroupKey key, GroupEntry entry, @Nullable GroupBatch<Object> batch) {}
