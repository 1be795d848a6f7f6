/**
 * The entry point of Vellamo in a Pekko application, and the execution of its queries.
 *
 * <p>Read first: {@link io.vellamo.actors.Vellamo}; then {@code QueryCoordinator}, which leads a
 * query from epoch to epoch, {@code QueryRun}, which decides what follows each message, {@code
 * EpochStream}, which reads and routes, and {@code ReadAhead}, which does so for the next epoch.
 * {@code Queries} starts and stops queries; package {@code calls} has the threads that run user
 * code.
 */
@NullMarked
package io.vellamo.actors;

import org.jspecify.annotations.NullMarked;
