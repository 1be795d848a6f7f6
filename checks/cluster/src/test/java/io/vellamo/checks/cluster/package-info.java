/**
 * Queries on nodes that are JVMs of their own, which are killed, paused and cut off.
 *
 * <p>Read first: {@link io.vellamo.checks.cluster.ClusterFaultsTest}, {@link
 * io.vellamo.checks.cluster.TestCluster}, {@link io.vellamo.checks.cluster.NodeProgram}, {@link
 * io.vellamo.checks.cluster.WriterCheck}.
 */
@NullMarked
package io.vellamo.checks.cluster;

import org.jspecify.annotations.NullMarked;
