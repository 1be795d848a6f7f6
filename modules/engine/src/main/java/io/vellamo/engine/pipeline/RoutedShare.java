package io.vellamo.engine.pipeline;

import io.vellamo.engine.group.ShardEvents;
import java.util.Map;

/**
 * The events of some ranges of an epoch, by shard.
 *
 * @param report all but the events
 * @param shards the events of each shard that has any; shards are numbered across all operators
 */
public record RoutedShare(ShareReport report, Map<Integer, ShardEvents> shards) {}
