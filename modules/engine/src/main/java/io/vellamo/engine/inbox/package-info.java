/**
 * The inbox of an acknowledging source: messages that are stored before they are acknowledged, and
 * their ids.
 *
 * <p>Read first: {@link io.vellamo.engine.inbox.InboxMachine}, {@link
 * io.vellamo.engine.inbox.InboxEvents}, {@link io.vellamo.engine.inbox.InboxReader}.
 */
@NullMarked
package io.vellamo.engine.inbox;

import org.jspecify.annotations.NullMarked;
