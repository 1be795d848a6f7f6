package io.vellamo.connectors.pekko;

import io.vellamo.api.query.NodeAccess;
import io.vellamo.api.source.EventSource;
import io.vellamo.api.source.SourceContext;
import io.vellamo.api.source.SourceReader;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** A source that runs a stream from the offset up to which the query has committed. */
record SeekableStreamSource<T>(
    ClassicActorSystemProvider system,
    LongFunction<? extends Source<StreamEvent<T>, ?>> fromOffset,
    int capacity)
    implements EventSource<T> {
  @Override
  public String description() {
    return "PekkoStreams.seekableSource";
  }

  @Override
  public NodeAccess nodeAccess() {
    return NodeAccess.oneNode(
        "its stream runs on one node, which holds the events in memory; use a source that every node can read, such as a Kafka topic");
  }

  @Override
  public SourceReader<T> open(SourceContext context) {
    long from = context.committed().of(SeekableStreamReader.PARTITION).orElse(0);
    StreamBuffer<T> buffer = new StreamBuffer<>(description(), capacity, from);
    Pair<UniqueKillSwitch, CompletionStage<Done>> running =
        fromOffset
            .apply(from)
            .viaMat(KillSwitches.single(), Keep.right())
            .mapAsync(
                1,
                event -> {
                  CompletionStage<Done> added = buffer.add(event);
                  context.signal().run();
                  return added;
                })
            .toMat(Sink.ignore(), Keep.both())
            .run(system);
    running
        .second()
        .whenComplete(
            (done, failure) -> {
              buffer.ended(failure == null ? null : StreamFailures.of(description(), failure));
              context.signal().run();
            });
    return new SeekableStreamReader<>(buffer, running.first());
  }
}
