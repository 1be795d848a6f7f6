/**
 * The observable state of a query: its status and progress, and the events sent to listeners.
 *
 * <p>Read first: {@link io.vellamo.actors.observe.QueryMonitor}, {@link
 * io.vellamo.actors.observe.ListenerBus}; {@code ListenerMailbox} for listeners that fall behind.
 */
@NullMarked
package io.vellamo.actors.observe;

import org.jspecify.annotations.NullMarked;
