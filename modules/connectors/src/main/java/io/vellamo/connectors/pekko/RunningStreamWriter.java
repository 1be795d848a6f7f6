package io.vellamo.connectors.pekko;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.SinkException;
import io.vellamo.api.sink.SinkWriter;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * A writer that passes rows to a running stream, each when the stream requests it.
 *
 * <p>{@code Source.queue} is not used: its offers complete when a row is taken, whereas the
 * stream's next demand shows that it has finished the row or put it into its own buffer.
 */
final class RunningStreamWriter<U> implements SinkWriter<U> {
  // One entry for each row that the stream has requested; the last entry marks its end.
  private final BlockingQueue<CompletableFuture<Optional<Pair<NotUsed, U>>>> demand =
      new LinkedBlockingQueue<>();
  private final CompletableFuture<Optional<Pair<NotUsed, U>>> end = new CompletableFuture<>();
  private final CompletionStage<Done> ended;
  private volatile boolean closed;
  // A demand that has arrived and is not yet met; only used by the writing thread.
  private @Nullable CompletableFuture<Optional<Pair<NotUsed, U>>> waiting;

  RunningStreamWriter(ClassicActorSystemProvider system, Sink<U, ?> sink) {
    ended =
        Source.<NotUsed, U>unfoldAsync(NotUsed.getInstance(), state -> next())
            .watchTermination(Keep.right())
            .to(sink)
            .run(system);
    ended.whenComplete((done, failure) -> demand.add(end));
  }

  private CompletionStage<Optional<Pair<NotUsed, U>>> next() {
    CompletableFuture<Optional<Pair<NotUsed, U>>> row = new CompletableFuture<>();
    demand.add(row);
    if (closed) {
      row.complete(Optional.empty());
    }
    return row;
  }

  @Override
  public void write(EpochRows<? extends U> rows) throws InterruptedException {
    for (int i = 0; i < rows.size(); i++) {
      awaitDemand(rows.epoch())
          .complete(Optional.of(Pair.create(NotUsed.getInstance(), rows.row(i))));
      waiting = null;
    }
    if (rows.size() > 0) {
      waiting = awaitDemand(rows.epoch());
    }
  }

  private CompletableFuture<Optional<Pair<NotUsed, U>>> awaitDemand(long epoch)
      throws InterruptedException {
    CompletableFuture<Optional<Pair<NotUsed, U>>> next = waiting == null ? demand.take() : waiting;
    if (next == end) {
      waiting = end;
      Throwable failure = failure();
      throw new SinkException(
          "PekkoStreams.sink",
          "Stream must take the rows of epoch [%d] and run as long as the query, but it %s; see that"
                  .formatted(
                      epoch,
                      failure == null
                          ? "has [completed]"
                          : "failed with [" + failure.getClass().getName() + "]")
              + " it neither ends nor fails",
          failure);
    }
    return next;
  }

  private @Nullable Throwable failure() {
    Throwable failure = ended.handle((done, error) -> error).toCompletableFuture().join();
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  /** Completes the stream at its next demand. */
  @Override
  public void close() {
    closed = true;
    if (waiting != null) {
      waiting.complete(Optional.empty());
    }
    demand.forEach(row -> row.complete(Optional.empty()));
  }
}
