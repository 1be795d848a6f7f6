/**
 * The entry point of Vellamo in a Pekko application: {@link io.vellamo.actors.Vellamo}.
 *
 * <p>The packages below are not API: {@code query} has the actor that leads a query from epoch to
 * epoch, {@code shard} the actors of its shards and groups, {@code io} its input and output, {@code
 * observe} what is visible of it from outside, {@code flow} queries as Pekko flows, {@code local}
 * the runtime that starts and stops them, and {@code runtime} the port to it, for clusters. {@code
 * calls} has the threads that run user code, {@code settings} the configuration.
 */
@NullMarked
package io.vellamo.actors;

import org.jspecify.annotations.NullMarked;
