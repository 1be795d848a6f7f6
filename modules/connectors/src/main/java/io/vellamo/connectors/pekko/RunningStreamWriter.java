package io.vellamo.connectors.pekko;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** A writer that passes rows to a running stream, each when the stream requests it. */
final class RunningStreamWriter<U> implements SinkWriter<U> {
  private final StreamOutput<U> output;
  private final CompletableFuture<Done> ended;

  RunningStreamWriter(ClassicActorSystemProvider system, Sink<U, ?> sink) {
    Pair<StreamOutput<U>, CompletionStage<Done>> running =
        Source.fromGraph(new OutputStage<U>()).watchTermination(Keep.both()).to(sink).run(system);
    output = running.first();
    ended = running.second().toCompletableFuture();
  }

  @Override
  public void write(EpochRows<? extends U> rows) throws InterruptedException {
    if (rows.size() == 0) {
      return;
    }
    CompletableFuture<Void> taken = output.pass(RowList.of(rows));
    @Nullable Throwable failure = null;
    try {
      CompletableFuture.anyOf(taken, ended).get();
    } catch (ExecutionException e) {
      failure = e.getCause();
    } finally {
      output.withdraw(taken);
    }
    if (!taken.isDone()) {
      throw new SinkException(
          "PekkoStreams.sink",
          "Stream must take the rows of epoch [%d] and run as long as the query, but it %s; see that"
                  .formatted(
                      rows.epoch(),
                      failure == null
                          ? "has [completed]"
                          : "failed with [" + failure.getClass().getName() + "]")
              + " it neither ends nor fails",
          failure);
    }
  }

  /** Completes the stream. */
  @Override
  public void close() {
    output.end();
  }
}
