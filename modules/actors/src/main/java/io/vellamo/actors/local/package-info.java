/**
 * The queries of a node: their handles, and the runs whose coordinators are here; and the runtime
 * without a cluster, with all shards in this JVM.
 *
 * <p>Read first: {@link io.vellamo.actors.local.LocalRuntime}; {@link
 * io.vellamo.actors.local.NodeQueries}; {@code Queries}, the parent of all coordinators; {@code
 * RunningQuery}, the handle that users hold; {@code LocalShards}.
 */
@NullMarked
package io.vellamo.actors.local;

import org.jspecify.annotations.NullMarked;
