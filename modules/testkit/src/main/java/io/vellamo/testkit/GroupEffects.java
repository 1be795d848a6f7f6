package io.vellamo.testkit;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effects of an epoch on one group.
 *
 * @param key the group
 * @param userKey its key as the user knows it
 * @param timedOut whether the last call was for a timeout, or for timers
 * @param rows the rows that its calls emitted, in order
 * @param after its entry after the epoch, which later epochs do not change
 */
record GroupEffects(
    GroupKey key,
    @Nullable Object userKey,
    boolean timedOut,
    List<GroupRow> rows,
    GroupEntry after) {}
