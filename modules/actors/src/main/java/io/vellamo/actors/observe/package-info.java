/**
 * What is visible of a query from outside: its status and progress, and the events that listeners
 * are told.
 *
 * <p>Read first: {@link io.vellamo.actors.observe.QueryMonitor}, {@link
 * io.vellamo.actors.observe.ListenerBus}; {@code ListenerMailbox} for listeners that fall behind.
 */
@NullMarked
package io.vellamo.actors.observe;

import org.jspecify.annotations.NullMarked;
