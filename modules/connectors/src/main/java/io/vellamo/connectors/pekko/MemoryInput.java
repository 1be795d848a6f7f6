package io.vellamo.connectors.pekko;

import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.api.source.Receipt;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.util.concurrent.CompletionStage;

/** An input that holds events in memory until they are committed. */
final class MemoryInput<E, C> implements FlowInput<E, C> {
  private final HandoffSource<E> events;
  private final Observer observer;
  private final CommittedEvents<E> committed;

  MemoryInput(int capacity, Observer observer) {
    this.events = HandoffSource.create(capacity);
    this.observer = observer;
    this.committed = new CommittedEvents<>(observer::committed);
  }

  @Override
  public CompletionStage<Receipt> offer(E event, C context) {
    return events.offer(event).thenApply(held -> Receipt.STORED);
  }

  @Override
  public EventSource<E> source() {
    return new EventSource<>() {
      @Override
      public String description() {
        return FlowSink.DESCRIPTION;
      }

      @Override
      public boolean isReplayable() {
        return false;
      }

      @Override
      public SourceReader<E> open(SourceContext context) throws Exception {
        SourceReader<E> reader =
            committed.of(events.open(context), context.committed(), observer::closed);
        observer.opened();
        return reader;
      }
    };
  }
}
