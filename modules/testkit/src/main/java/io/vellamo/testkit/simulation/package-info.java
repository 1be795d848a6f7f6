/**
 * Simulations of whole queries: a seed decides about the order of everything that happens, about
 * failures, crashes and clocks, and the results are compared with what they must be.
 *
 * <p>Read first: {@link io.vellamo.testkit.simulation.SimulatedQuery}, {@link
 * io.vellamo.testkit.simulation.SimulatedSource}, {@link
 * io.vellamo.testkit.simulation.SimulatedSink}.
 */
@NullMarked
package io.vellamo.testkit.simulation;

import org.jspecify.annotations.NullMarked;
