/**
 * The runtime of queries without a cluster: it starts and stops them, with all their shards in this
 * JVM.
 *
 * <p>Read first: {@link io.vellamo.actors.local.LocalRuntime}; {@code Queries}, the parent of all
 * coordinators; {@code RunningQuery}, the handle that users hold; {@code LocalShards}.
 */
@NullMarked
package io.vellamo.actors.local;

import org.jspecify.annotations.NullMarked;
