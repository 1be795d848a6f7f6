/**
 * One call of the user's function for one group: what it sees, and what is kept of it.
 *
 * <p>Read first: {@link io.vellamo.engine.group.GroupStep}, {@link
 * io.vellamo.engine.group.GroupEntry}, {@link io.vellamo.engine.group.GroupChange}; {@link
 * io.vellamo.engine.group.ShardEvents} for how events become those of groups. An operator of
 * Vellamo's own is a function on the same path: {@link io.vellamo.engine.group.Deduplication} is
 * one, and others belong beside it, each with a stage in {@link io.vellamo.api.plan.Stage} that
 * {@code QueryCompiler} turns into it.
 */
@NullMarked
package io.vellamo.engine.group;

import org.jspecify.annotations.NullMarked;
