package io.vellamo.engine.protocol;

import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.shard.InitialGroups;

/**
 * What a shard gets for an epoch.
 *
 * @param events its events
 * @param initial the states that groups have before the epoch; none except in a query's first epoch
 */
public record EpochInput(ShardEvents events, InitialGroups initial) {}
