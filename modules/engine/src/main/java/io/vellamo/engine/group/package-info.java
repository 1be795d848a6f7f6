/**
 * One call of an operator for one group: its inputs, and the change that is kept.
 *
 * <p>Read first: {@link io.vellamo.engine.group.KeyedOperator}, the contract of operators; {@link
 * io.vellamo.engine.group.GroupStep}, {@link io.vellamo.engine.group.GroupEntry}, {@link
 * io.vellamo.engine.group.GroupChange}; {@link io.vellamo.engine.group.ShardEvents} for the
 * grouping of events. Users' functions are operators through {@link
 * io.vellamo.engine.group.FunctionOperator}; built-in ones such as {@link
 * io.vellamo.engine.group.Deduplication} belong beside it, each with a stage in {@link
 * io.vellamo.api.internal.Stage} that {@code QueryCompiler} compiles to the operator.
 */
@NullMarked
package io.vellamo.engine.group;

import org.jspecify.annotations.NullMarked;
