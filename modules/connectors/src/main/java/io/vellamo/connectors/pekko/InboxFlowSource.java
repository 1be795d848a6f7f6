package io.vellamo.connectors.pekko;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.Inbox;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The source of a query that is a stage of a stream; it stores events in the query's inbox, which
 * tells them apart by their ids.
 */
final class InboxFlowSource<E, C> implements AcknowledgingSource<E> {
  private final BiFunction<? super E, ? super C, String> ids;
  private final FlowInput<E, C> input;
  // Set while the source is opened.
  private @Nullable Inbox<E> inbox;

  InboxFlowSource(BiFunction<? super E, ? super C, String> ids, FlowInput<E, C> input) {
    this.ids = ids;
    this.input = input;
  }

  @Override
  public String description() {
    return FlowSink.DESCRIPTION;
  }

  /** Delivers nothing yet: the events that the inbox holds must be known before any is added. */
  @Override
  public Delivery deliver(Inbox<E> opened) {
    inbox = opened;
    return () -> {};
  }

  @Override
  public SourceReader<E> open(SourceContext context) throws Exception {
    SourceReader<E> reader = AcknowledgingSource.super.open(context);
    Inbox<E> opened = requireNonNull(inbox, "inbox");
    return CommittedEvents.of(
        reader,
        context.committed(),
        input,
        (event, element) -> opened.put(ids.apply(event, element), event));
  }
}
