/**
 * The actor that leads a query from epoch to epoch, around the query's machine.
 *
 * <p>Read first: {@link io.vellamo.actors.query.QueryCoordinator}, {@code CoordinatorEffects},
 * {@link io.vellamo.actors.query.QueryCommand}, and {@link io.vellamo.actors.query.Shards}, its
 * access to the shards.
 */
@NullMarked
package io.vellamo.actors.query;

import org.jspecify.annotations.NullMarked;
