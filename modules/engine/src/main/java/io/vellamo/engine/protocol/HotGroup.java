package io.vellamo.engine.protocol;

import io.vellamo.engine.group.GroupKey;

/**
 * A group's part of the events, or of the function's time, of an epoch; 0 where its part is small.
 *
 * @param key the group
 * @param events the number of events
 * @param nanos the time in the function
 */
public record HotGroup(GroupKey key, long events, long nanos) {}
