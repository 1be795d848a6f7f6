/**
 * Calls of user code: the threads they run on, and the tracking of calls under way.
 *
 * <p>Read first: {@link io.vellamo.actors.calls.UserCalls}.
 */
@NullMarked
package io.vellamo.actors.calls;

import org.jspecify.annotations.NullMarked;
