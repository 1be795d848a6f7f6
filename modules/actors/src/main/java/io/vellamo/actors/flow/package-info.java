/**
 * Queries as Pekko flows: the input of the flow is the source, its output the sink.
 *
 * <p>Read first: {@link io.vellamo.actors.flow.QueryFlow}; {@code FlowOutput} for when rows and
 * contexts are emitted.
 */
@NullMarked
package io.vellamo.actors.flow;

import org.jspecify.annotations.NullMarked;
