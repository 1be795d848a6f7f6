package io.vellamo.engine.inbox;

import io.vellamo.engine.journal.JournalLimits;

/**
 * The limits of an inbox.
 *
 * @param capacity the maximum number of messages whose events are not committed
 * @param rememberedIds the number of ids that are remembered at least: those of the last messages
 * @param journal the limits of what is written to the journal
 */
public record InboxLimits(int capacity, int rememberedIds, JournalLimits journal) {}
