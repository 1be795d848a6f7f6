package io.vellamo.actors.shard;

import io.vellamo.engine.group.GroupOperator;

/**
 * What a shard is, besides what it remembers.
 *
 * @param query the query's name
 * @param index the shard's number, from 0
 * @param operator what is done with its groups
 * @param journalPlugin the journal's plugin id; empty for the system's default
 * @param snapshotPlugin the snapshot store's plugin id; empty for the system's default
 * @param dispatcher where groups run
 * @param maxActiveGroups the most actors kept between epochs
 * @param leastSnapshotBytes the least growth of the journal that is worth a snapshot
 */
public record ShardConfig(
    String query,
    int index,
    GroupOperator<?, ?, ?, ?> operator,
    String journalPlugin,
    String snapshotPlugin,
    String dispatcher,
    int maxActiveGroups,
    long leastSnapshotBytes) {}
