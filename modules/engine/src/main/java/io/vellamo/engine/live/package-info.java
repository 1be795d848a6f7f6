/**
 * Groups of running queries as users see them: requests for groups by key or page, and the typed
 * view of an answer. Works on any node, since requests and answers are values.
 *
 * <p>Read first: {@link io.vellamo.engine.live.LiveState}, {@code CommittedGroupView}.
 */
@NullMarked
package io.vellamo.engine.live;

import org.jspecify.annotations.NullMarked;
