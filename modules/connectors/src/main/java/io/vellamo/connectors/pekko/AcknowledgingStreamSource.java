package io.vellamo.connectors.pekko;

import io.vellamo.api.source.AcknowledgingSource;
import io.vellamo.api.source.Inbox;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** A source that runs a stream into its inbox, and acknowledges what the inbox has stored. */
record AcknowledgingStreamSource<T>(
    ClassicActorSystemProvider system, Source<StreamMessage<T>, ?> source)
    implements AcknowledgingSource<T> {
  /** The most messages that are not acknowledged: those that arrive during a write, and more. */
  private static final int IN_FLIGHT = 1_000;

  @Override
  public String description() {
    return "PekkoStreams.acknowledgingSource";
  }

  @Override
  public Delivery deliver(Inbox<T> inbox) {
    Pair<UniqueKillSwitch, CompletionStage<Done>> running =
        source
            .viaMat(KillSwitches.single(), Keep.right())
            .mapAsync(IN_FLIGHT, message -> stored(inbox, message))
            .toMat(Sink.ignore(), Keep.both())
            .run(system);
    running
        .second()
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                inbox.fail(StreamFailures.of(description(), failure));
              }
            });
    return running.first()::shutdown;
  }

  private CompletionStage<Done> stored(Inbox<T> inbox, StreamMessage<T> message) {
    return inbox
        .put(message.id(), message.event())
        .thenCompose(receipt -> acknowledged(message.acknowledge().get()));
  }

  private static CompletionStage<Done> acknowledged(CompletionStage<?> acknowledgement) {
    return acknowledgement.thenApply(ok -> Done.getInstance());
  }
}
