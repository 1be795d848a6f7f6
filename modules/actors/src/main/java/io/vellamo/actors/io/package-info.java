/**
 * The input and output of a query: the calls of its source, sinks and stages, and the threads and
 * resources that they use.
 *
 * <p>Read first: {@link io.vellamo.actors.io.QueryIo}; {@code EpochStream}, which reads and routes;
 * {@link io.vellamo.actors.io.ShareReader}, which does so apart from the coordinator; {@link
 * io.vellamo.actors.io.QueryResources}, what a query holds; {@link io.vellamo.actors.io.IoObserver}
 * for how outcomes are told.
 */
@NullMarked
package io.vellamo.actors.io;

import org.jspecify.annotations.NullMarked;
