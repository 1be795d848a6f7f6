/**
 * A running query: its coordinator, its epoch stream, and the handle users hold.
 *
 * <p>Read first: {@link io.vellamo.actors.query.QueryCoordinator}, {@link
 * io.vellamo.actors.query.EpochStream}, {@link io.vellamo.actors.query.QueryRun}.
 */
@NullMarked
package io.vellamo.actors.query;

import org.jspecify.annotations.NullMarked;
