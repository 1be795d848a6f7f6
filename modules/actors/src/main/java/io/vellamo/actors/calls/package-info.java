/**
 * Calls of user code: the threads they run on, and which calls are under way.
 *
 * <p>Read first: {@link io.vellamo.actors.calls.UserCalls}.
 */
@NullMarked
package io.vellamo.actors.calls;

import org.jspecify.annotations.NullMarked;
