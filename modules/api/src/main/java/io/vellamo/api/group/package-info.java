/**
 * The state of a group and the functions that process it.
 *
 * <p>Start with {@link io.vellamo.api.group.GroupState}, {@link
 * io.vellamo.api.group.FlatMapGroupsWithStateFunction}, {@link
 * io.vellamo.api.group.GroupStateTimeout}, {@link io.vellamo.api.group.StateType}.
 */
@NullMarked
package io.vellamo.api.group;

import org.jspecify.annotations.NullMarked;
