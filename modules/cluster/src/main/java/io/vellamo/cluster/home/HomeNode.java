package io.vellamo.cluster.home;

import io.vellamo.actors.local.NodeQueries;
import io.vellamo.cluster.settings.ClusterSettings;
import io.vellamo.cluster.shard.NodeShards;
import java.time.Duration;

/**
 * The resources of a node that homes of queries use.
 *
 * @param address the node's address in the cluster
 * @param queries starts coordinators
 * @param definitions the queries that the node has defined
 * @param shards gives access to shards
 * @param settings the configuration
 * @param stopTimeout how long calls under way may take when nobody waits for the end
 * @param handOverTimeout how long they may take when the home moves to another node
 */
record HomeNode(
    String address,
    NodeQueries queries,
    Definitions definitions,
    NodeShards shards,
    ClusterSettings settings,
    Duration stopTimeout,
    Duration handOverTimeout) {}
