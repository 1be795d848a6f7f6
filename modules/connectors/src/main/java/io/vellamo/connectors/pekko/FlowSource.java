package io.vellamo.connectors.pekko;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.api.source.Receipt;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;

/** The source of a query that is a stage of a stream; it holds events in memory. */
final class FlowSource<E, C> implements EventSource<E> {
  private final HandoffSource<E> events;
  private final FlowInput<E, C> input;

  FlowSource(int capacity, FlowInput<E, C> input) {
    this.events = HandoffSource.create(capacity);
    this.input = input;
  }

  @Override
  public String description() {
    return FlowSink.DESCRIPTION;
  }

  @Override
  public boolean isReplayable() {
    return false;
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "it is a part of a stream on one node; use a source and a sink that every node reaches, such as Kafka topics");
  }

  @Override
  public SourceReader<E> open(SourceContext context) throws Exception {
    return CommittedEvents.of(
        events.open(context),
        context.committed(),
        input,
        (event, ignored) -> events.offer(event).thenApply(held -> Receipt.STORED));
  }
}
