/**
 * The runtime of queries on the nodes of a cluster: where a query's coordinator runs, and the
 * handles of the query on all nodes.
 *
 * <p>Read first: {@code QueryHome}, the cluster singleton of a query, which runs its coordinator;
 * {@code NodeHandle}, the handle of the query on a node; {@link
 * io.vellamo.cluster.home.ClusterRuntime}, which starts both.
 */
@NullMarked
package io.vellamo.cluster.home;

import org.jspecify.annotations.NullMarked;
