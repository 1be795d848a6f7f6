package io.vellamo.journal;

import io.vellamo.journal.EventPages.Page;
import io.vellamo.journal.store.JournalStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;

/** A source of the events of one persistence id, with or without future ones. */
final class EventsStage extends GraphStage<SourceShape<EventEnvelope>> {

  private final SharedStore sharedStore;
  private final EventPages pages;
  private final Query query;
  private final Outlet<EventEnvelope> out = Outlet.create("EventsByPersistenceId.out");
  private final SourceShape<EventEnvelope> shape = SourceShape.of(out);

  EventsStage(SharedStore sharedStore, EventPages pages, Query query) {
    this.sharedStore = sharedStore;
    this.pages = pages;
    this.query = query;
  }

  @Override
  public SourceShape<EventEnvelope> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes inheritedAttributes) {
    return new Logic();
  }

  /**
   * The events to read.
   *
   * @param persistenceId the persistence id of the events
   * @param fromSequenceNr the first sequence number, included
   * @param toSequenceNr the last sequence number, included
   * @param live whether to wait for future events
   */
  record Query(String persistenceId, long fromSequenceNr, long toSequenceNr, boolean live) {}

  /** An open store, and the last sequence number of the query. */
  private record Start(JournalStore store, long last) {}

  /*
   * Reads a page when there is demand and the buffer is empty. If a page ends at the last event, a
   * live query waits. A write can be announced while a page that misses it is being read; the
   * appended flag records that, so that another page is read.
   */
  private final class Logic extends GraphStageLogic {

    private final Deque<EventEnvelope> buffer = new ArrayDeque<>();
    private long next = Math.max(1, query.fromSequenceNr());
    private boolean reading;

    /** True if events may exist after the last page. */
    private boolean appended = true;

    /** Set once the store is open. */
    private @Nullable Start start;

    /** Set once the store is open, if the query is live. */
    private JournalStore.@Nullable Subscription subscription;

    private Logic() {
      super(shape);
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              proceed();
            }
          });
    }

    @Override
    public void preStart() {
      pipe(open(), this::onOpen);
    }

    @Override
    public void postStop() {
      if (subscription != null) {
        subscription.close();
      }
    }

    private CompletionStage<Start> open() {
      return CompletableFuture.supplyAsync(sharedStore::store, sharedStore.readDispatcher())
          .thenCompose(
              store ->
                  query.live()
                      ? CompletableFuture.completedFuture(new Start(store, query.toSequenceNr()))
                      : store
                          .highestSequenceNr(query.persistenceId())
                          .thenApply(
                              highest ->
                                  new Start(store, Math.min(highest, query.toSequenceNr()))));
    }

    private void onOpen(Start opened) {
      start = opened;
      if (query.live()) {
        AsyncCallback<NotUsed> announced = createAsyncCallback(event -> onAppend());
        subscription =
            opened
                .store()
                .onAppend(query.persistenceId(), () -> announced.invoke(NotUsed.getInstance()));
      }
      proceed();
    }

    private void onAppend() {
      appended = true;
      proceed();
    }

    private void onPage(Page page) {
      reading = false;
      buffer.addAll(page.envelopes());
      next = page.next();
      appended |= page.full();
      proceed();
    }

    private void proceed() {
      Start opened = start;
      if (opened == null) {
        return;
      }
      if (!buffer.isEmpty() && isAvailable(out)) {
        push(out, buffer.remove());
      }
      if (buffer.isEmpty() && !reading) {
        readOrEnd(opened);
      }
    }

    private void readOrEnd(Start opened) {
      // The successor of the largest number is negative.
      if (next > opened.last() || next < 0) {
        completeStage();
      } else if (appended && isAvailable(out)) {
        read(opened);
      } else if (!appended && !query.live()) {
        completeStage();
      }
    }

    private void read(Start opened) {
      reading = true;
      appended = false;
      long from = next;
      pipe(
          CompletableFuture.supplyAsync(
              () -> pages.read(opened.store(), query.persistenceId(), from, opened.last()),
              sharedStore.readDispatcher()),
          this::onPage);
    }

    /** Passes a stage's value, or its failure, to this logic by an async callback. */
    private <T> void pipe(CompletionStage<T> stage, Consumer<T> onValue) {
      AsyncCallback<T> succeeded = createAsyncCallback(onValue::accept);
      AsyncCallback<Throwable> failed = createAsyncCallback(this::failStage);
      stage.whenComplete(
          (value, failure) -> {
            if (failure == null) {
              succeeded.invoke(value);
            } else {
              failed.invoke(ScalaFutures.cause(failure));
            }
          });
    }
  }
}
