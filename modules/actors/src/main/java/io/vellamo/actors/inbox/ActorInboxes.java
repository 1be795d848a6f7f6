package io.vellamo.actors.inbox;

import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.Inboxes;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.inbox.InboxLimits;
import io.vellamo.engine.inbox.InboxReader;
import io.vellamo.persistence.journal.JournalOptions;
import io.vellamo.persistence.journal.PersistenceIds;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;

/**
 * The inboxes of the sources of a run, as actors.
 *
 * @param system the actor system of the query
 * @param dispatcher the dispatcher of the actors, by its path
 * @param journal the journal
 * @param limits the limits of each inbox
 * @param codec the codec of events
 * @param callbacks runs the callbacks of sources
 */
public record ActorInboxes(
    ActorSystem<?> system,
    String dispatcher,
    JournalOptions journal,
    InboxLimits limits,
    ValueCodec codec,
    Executor callbacks) {
  /**
   * Returns the inbox of a source, which can be opened.
   *
   * @param input the index of the source
   * @param incarnation the run of the query
   */
  public Inboxes of(int input, long incarnation) {
    return new Inboxes() {
      @Override
      public <T> SourceReader<T> open(AcknowledgingSource<T> source, SourceContext context)
          throws Exception {
        ActorInbox<T> inbox = new ActorInbox<>(source, context, codec, callbacks);
        InboxSpec spec =
            new InboxSpec(
                PersistenceIds.inbox(context.queryName(), input),
                journal,
                limits,
                incarnation,
                InboxReader.committedOf(context.committed()),
                inbox.offers(),
                context.signal(),
                callbacks);
        return inbox.open(spec, ActorInboxes.this::spawn, codec);
      }
    };
  }

  private ActorRef<InboxCommand> spawn(Behavior<InboxCommand> behavior) {
    // An earlier opening of the same inbox may still be stopping.
    return system.systemActorOf(
        behavior, "vellamo-inbox-" + UUID.randomUUID(), DispatcherSelector.fromConfig(dispatcher));
  }
}
