package io.vellamo.actors.inbox;

import io.vellamo.engine.inbox.InboxLimits;
import io.vellamo.engine.inbox.InboxOffers;
import io.vellamo.persistence.journal.JournalOptions;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.apache.pekko.persistence.typed.PersistenceId;

/**
 * An inbox with everything that its actor needs to run it.
 *
 * @param id the owner of its journal
 * @param journal the journal
 * @param limits the limits of the inbox
 * @param incarnation the run of the query
 * @param committed the offset up to which the query has committed events; empty if it has committed
 *     none
 * @param offers passes messages to it
 * @param signal tells the query that there is more to read
 * @param callbacks runs the callbacks of the source
 */
record InboxSpec(
    PersistenceId id,
    JournalOptions journal,
    InboxLimits limits,
    long incarnation,
    OptionalLong committed,
    InboxOffers offers,
    Runnable signal,
    Executor callbacks) {}
