package io.vellamo.journal;

import io.vellamo.journal.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The journal plugin: an adapter between Pekko and the store, without logic of its own.
 *
 * <p><b>Failure</b> an event that cannot be serialized is rejected, together with the other events
 * of its atomic write. Any other failure fails the request.
 */
/*
 * Pekko sends the writes of one persistent actor together and waits for the answer. They become one
 * append, so that no write can follow a failed one.
 */
final class JournalPlugin extends AsyncWriteJournal {

  private final SharedStore sharedStore;
  private final EventCodec codec;
  private final OrderedWrites writes;

  JournalPlugin() {
    ActorSystem system = context().system();
    // Not the plugin's own dispatcher, which has one thread.
    Executor serializing = system.dispatcher();
    sharedStore = SharedStore.get(system);
    codec = new EventCodec(system);
    writes = new OrderedWrites(sharedStore::store, serializing, context().dispatcher());
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    Set<String> persistenceIds = new TreeSet<>();
    List<Supplier<List<StoredEvent>>> encoders = new ArrayList<>();
    for (AtomicWrite message : messages) {
      persistenceIds.add(message.persistenceId());
      encoders.add(() -> encode(message));
    }
    if (persistenceIds.size() != 1) {
      throw new IllegalArgumentException(
          "messages must be of one persistence id, were of " + persistenceIds);
    }
    return ScalaFutures.from(
        writes.append(persistenceIds.iterator().next(), encoders).thenApply(results -> results));
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return ScalaFutures.from(
        writes
            .whenHandedOver(persistenceId)
            .thenCompose(handedOver -> sharedStore.store().deleteTo(persistenceId, toSequenceNr)));
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
    return ScalaFutures.from(
        writes
            .whenHandedOver(persistenceId)
            .thenApplyAsync(handedOver -> sharedStore.store(), sharedStore.readDispatcher())
            .thenCompose(store -> store.highestSequenceNr(persistenceId)));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      long max,
      Consumer<PersistentRepr> replayCallback) {
    if (max <= 0) {
      return ScalaFutures.from(CompletableFuture.completedFuture(null));
    }
    Replay replay = new Replay(persistenceId, max, replayCallback);
    return ScalaFutures.from(
        CompletableFuture.runAsync(
            () -> sharedStore.store().read(persistenceId, fromSequenceNr, toSequenceNr, replay),
            sharedStore.readDispatcher()));
  }

  private List<StoredEvent> encode(AtomicWrite write) {
    List<StoredEvent> events = new ArrayList<>(write.size());
    for (PersistentRepr event : CollectionConverters.asJava(write.payload())) {
      events.add(codec.encode(event));
    }
    return events;
  }

  /** Passes events to the callback until the requested number is reached. */
  private final class Replay implements Predicate<StoredEvent> {

    private final String persistenceId;
    private final Consumer<PersistentRepr> callback;
    private long wanted;

    private Replay(String persistenceId, long wanted, Consumer<PersistentRepr> callback) {
      this.persistenceId = persistenceId;
      this.wanted = wanted;
      this.callback = callback;
    }

    @Override
    public boolean test(StoredEvent event) {
      callback.accept(codec.decode(persistenceId, event));
      wanted--;
      return wanted > 0;
    }
  }
}
