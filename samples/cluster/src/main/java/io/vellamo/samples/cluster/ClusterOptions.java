package io.vellamo.samples.cluster;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The user's choices, checked.
 *
 * @param nodes the number of nodes
 * @param loop the visits
 * @param time how long there are visits
 * @param killEvery the time between two kills; null for none
 * @param seed chooses the nodes to kill
 * @param out the directory of the nodes' logs
 * @param dashboard the port of the first node's dashboard, from which on the others follow; 0 for
 *     free ports; null for no dashboards
 */
record ClusterOptions(
    int nodes,
    VisitLoop loop,
    Duration time,
    @Nullable Duration killEvery,
    long seed,
    Path out,
    @Nullable Integer dashboard) {}
