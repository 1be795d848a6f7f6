/**
 * A query on several nodes, which can be killed while it runs.
 *
 * <p>Read first: {@link io.vellamo.samples.cluster.SessionNode}, {@link
 * io.vellamo.samples.cluster.ClusterRun}.
 */
@NullMarked
package io.vellamo.samples.cluster;

import org.jspecify.annotations.NullMarked;
