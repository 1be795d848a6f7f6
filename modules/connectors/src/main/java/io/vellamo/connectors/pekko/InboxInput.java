package io.vellamo.connectors.pekko;

import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.DurableHandoffSource;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.api.source.Inbox;
import io.vellamo.api.source.Receipt;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** An input that stores events in the query's inbox, which tells them apart by their ids. */
final class InboxInput<E, C> implements FlowInput<E, C> {
  private final DurableHandoffSource<E> events = HandoffSource.durable();
  private final BiFunction<? super E, ? super C, String> ids;
  private final Observer observer;
  private final CommittedEvents<E> committed;

  InboxInput(BiFunction<? super E, ? super C, String> ids, Observer observer) {
    this.ids = ids;
    this.observer = observer;
    this.committed = new CommittedEvents<>(observer::committed);
  }

  @Override
  public CompletionStage<Receipt> offer(E event, C context) {
    return events.offer(ids.apply(event, context), event);
  }

  @Override
  public EventSource<E> source() {
    return new AcknowledgingSource<>() {
      @Override
      public String description() {
        return FlowSink.DESCRIPTION;
      }

      @Override
      public Delivery deliver(Inbox<E> inbox) {
        return events.deliver(inbox);
      }

      @Override
      public SourceReader<E> open(SourceContext context) throws Exception {
        SourceReader<E> reader =
            committed.of(
                AcknowledgingSource.super.open(context), context.committed(), observer::closed);
        observer.opened();
        return reader;
      }
    };
  }
}
