package io.vellamo.actors.inbox;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceException;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.ValueCodec;
import io.vellamo.engine.inbox.InboxEvents;
import io.vellamo.engine.inbox.InboxOffers;
import io.vellamo.engine.inbox.InboxReader;
import io.vellamo.engine.inbox.SourceInbox;
import io.vellamo.persistence.journal.JournalLosses;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/**
 * An inbox whose machine an actor hosts.
 *
 * <p><b>Threading</b> Opened and closed by the source's thread, which waits for the actor; used by
 * any thread in between.
 *
 * @param <T> the events
 */
final class ActorInbox<T> implements SourceInbox.Host {
  private final AcknowledgingSource<T> source;
  private final SourceContext context;
  private final Executor callbacks;
  private final CompletableFuture<InboxEvents> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final InboxOffers offers;
  private final SourceInbox<T> inbox;
  // Set when it is opened.
  private volatile @Nullable ActorRef<InboxCommand> actor;

  ActorInbox(
      AcknowledgingSource<T> source, SourceContext context, ValueCodec codec, Executor callbacks) {
    this.source = source;
    this.context = context;
    this.callbacks = callbacks;
    this.offers = new InboxOffers(codec, () -> tell(InboxCommand.Arrived.INSTANCE));
    this.inbox = new SourceInbox<>(source, context, offers, this);
  }

  InboxOffers offers() {
    return offers;
  }

  /**
   * Starts the actor, waits until it has read and claimed its journal, and starts the delivery.
   *
   * @param spawn starts the parent of the actor
   * @return the reader
   */
  InboxReader<T> open(
      InboxSpec spec,
      Function<Behavior<InboxCommand>, ActorRef<InboxCommand>> spawn,
      ValueCodec codec)
      throws Exception {
    actor = spawn.apply(InboxParent.create(spec, opened, this::lost, ended));
    CompletableFuture<Void> over = ended.thenRun(() -> opened.completeExceptionally(stopped()));
    try {
      opened.get();
    } catch (ExecutionException e) {
      over.join();
      throw Failures.unwrap(e) instanceof Exception failure ? failure : e;
    } catch (InterruptedException e) {
      stop();
      throw e;
    }
    return inbox.deliver(codec);
  }

  private SourceException stopped() {
    return new SourceException(
        source.description(),
        "Inbox of source [%s] must run to be opened, its actor system stops"
            .formatted(source.description()),
        null);
  }

  private void lost(Throwable cause) {
    Exception failure =
        JournalLosses.mayPass(cause)
            ? SourceInbox.notWritten(source, cause)
            : new SourceException(
                source.description(),
                "Inbox of source [%s] must have a journal of its own that is whole, failed with [%s]; see the cause"
                    .formatted(source.description(), Failures.unwrap(cause).getClass().getName()),
                cause);
    opened.completeExceptionally(failure);
    failOffers(cause);
    inbox.fail(failure);
  }

  private void failOffers(@Nullable Throwable cause) {
    offers.close(SourceInbox.notStored(source, context, cause), callbacks);
  }

  private void tell(InboxCommand command) {
    requireNonNull(actor, "actor").tell(command);
  }

  @Override
  public InboxEvents events() {
    return opened.join();
  }

  @Override
  public void committed(long offset) {
    tell(new InboxCommand.Committed(offset));
  }

  /** Ends the actor, after the write under way, and waits for that. */
  @Override
  public void stop() {
    tell(InboxCommand.Stop.INSTANCE);
    try {
      ended.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new AssertionError("the end of an inbox is no failure", e);
    } finally {
      failOffers(null);
    }
  }
}
