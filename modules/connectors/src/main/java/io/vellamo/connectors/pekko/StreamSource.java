package io.vellamo.connectors.pekko;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.HandoffSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/**
 * A source that runs a stream into a {@link HandoffSource}, one element at a time to preserve their
 * order.
 */
record StreamSource<T>(ClassicActorSystemProvider system, Source<T, ?> source, int capacity)
    implements EventSource<T> {
  @Override
  public String description() {
    return "PekkoStreams.source";
  }

  @Override
  public boolean isReplayable() {
    return false;
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "its stream runs on one node, which holds the events in memory; use a source whose events can be read again, such as a Kafka topic");
  }

  @Override
  public SourceReader<T> open(SourceContext context) {
    HandoffSource<T> handoff = HandoffSource.create(capacity);
    SourceReader<T> held = handoff.open(context);
    Pair<UniqueKillSwitch, CompletionStage<Done>> running =
        source
            .viaMat(KillSwitches.single(), Keep.right())
            .mapAsync(1, event -> handoff.offer(event).thenApply(accepted -> Done.getInstance()))
            .toMat(Sink.ignore(), Keep.both())
            .run(system);
    StreamReader<T> reader = new StreamReader<>(description(), held, running.first());
    running
        .second()
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                reader.fail(failure);
                context.signal().run();
              }
            });
    return reader;
  }
}
