/**
 * The port to the runtime of queries: {@link io.vellamo.actors.runtime.NodeRuntime}, of which
 * {@link io.vellamo.actors.runtime.RuntimeProvider} gives the one for clusters.
 */
@NullMarked
package io.vellamo.actors.runtime;

import org.jspecify.annotations.NullMarked;
