/**
 * The inboxes of acknowledging sources as actors, with journals of their own.
 *
 * <p>Read first: {@link io.vellamo.actors.inbox.ActorInboxes}; {@code InboxActor} for the journal.
 */
@NullMarked
package io.vellamo.actors.inbox;

import org.jspecify.annotations.NullMarked;
