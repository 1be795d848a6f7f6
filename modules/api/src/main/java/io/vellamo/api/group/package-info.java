/**
 * State of one grouping key and the functions that work on it.
 *
 * <p>Read first: {@link io.vellamo.api.group.GroupState}, {@link
 * io.vellamo.api.group.FlatMapGroupsWithStateFunction}, {@link
 * io.vellamo.api.group.GroupStateTimeout}, {@link io.vellamo.api.group.StateType}.
 */
@NullMarked
package io.vellamo.api.group;

import org.jspecify.annotations.NullMarked;
