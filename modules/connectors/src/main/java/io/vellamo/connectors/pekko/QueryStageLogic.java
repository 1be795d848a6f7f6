package io.vellamo.connectors.pekko;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.RetryableException;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.source.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * The run of a query as a stage of a stream.
 *
 * <p>The query begins and ends with the stage: the end of the input lets it process what was taken
 * in; the cancellation of the output, a failed input, and the end of the stream's materializer stop
 * it. The stage in turn ends or fails when the query has ended, not before, so that a stream that
 * is restarted can start the query again.
 */
final class QueryStageLogic<E, C, R> extends GraphStageLogic {
  private final QueryStage.Plan<E, C, R> plan;
  private final Inlet<Pair<E, C>> in;
  private final StreamOutput<Pair<List<R>, List<C>>> output;
  private final FlowSink<R, C> sink;
  private final TakenElements<E, C> elements = new TakenElements<>();
  private final CompletableFuture<StreamingQuery> started = new CompletableFuture<>();
  // Set once the query has been started.
  private @Nullable StreamingQuery query;
  // Null unless the query has opened its source.
  private FlowInput.@Nullable Offers<E, C> offers;
  private boolean hasEnded;
  private boolean isEnding;
  // Elements taken in whose contexts the stream has not taken.
  private int inFlight;
  private long committedEvents = -1;
  private @Nullable Throwable failure;

  QueryStageLogic(
      FlowShape<Pair<E, C>, Pair<List<R>, List<C>>> shape, QueryStage.Plan<E, C, R> plan) {
    super(shape);
    this.plan = plan;
    this.in = shape.in();
    this.output = new StreamOutput<>(this, shape.out());
    this.sink = new FlowSink<>(output, plan.takesWholeResults());
    setHandler(in, new InputHandler());
    setHandler(shape.out(), output);
  }

  /** Returns a stage that completes with the query once it has been started. */
  CompletionStage<StreamingQuery> started() {
    return started;
  }

  /** Fails the stage if the query can't be started: only then may the stream be restarted. */
  @Override
  public void preStart() {
    try {
      StreamingQuery running = plan.query().apply(plan.source().apply(new Input()), sink).start();
      query = running;
      started.complete(running);
      running.whenTerminated().whenComplete((ok, thrown) -> output.inStage(() -> ended(thrown)));
    } catch (RuntimeException e) {
      started.completeExceptionally(e);
      failStage(e);
    }
  }

  @Override
  public void postStop() {
    if (!hasEnded) {
      inBackground(StreamingQuery::stop);
    }
  }

  private void ended(@Nullable Throwable thrown) {
    hasEnded = true;
    if (failure != null) {
      failStage(failure);
    } else if (thrown != null) {
      failStage(thrown);
    } else {
      cancel(in);
      output.end();
    }
  }

  /** Offers the elements to the source that are not offered yet, and takes in another. */
  private void goOn() {
    FlowInput.Offers<E, C> open = offers;
    if (open == null || failure != null) {
      return;
    }
    for (TakenElements.Taken<E, C> taken : elements.takeUnoffered()) {
      offer(open, taken);
    }
    if (inFlight < plan.capacity() && !hasBeenPulled(in) && !isClosed(in)) {
      pull(in);
    }
  }

  private void offer(FlowInput.Offers<E, C> open, TakenElements.Taken<E, C> taken) {
    CompletionStage<Receipt> answer;
    try {
      answer = open.offer(taken.event(), taken.context());
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    if (answer.toCompletableFuture().isDone()) {
      answer.whenComplete((receipt, thrown) -> answered(taken, receipt, thrown));
    } else {
      answer.whenComplete(
          (receipt, thrown) ->
              output.inStage(
                  () -> {
                    answered(taken, receipt, thrown);
                    goOn();
                  }));
    }
  }

  private void answered(
      TakenElements.Taken<E, C> taken, @Nullable Receipt receipt, @Nullable Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (receipt != null) {
      elements.stored(taken, receipt);
      release();
      endWithInput();
    } else if (cause instanceof RetryableException) {
      elements.refused(taken);
    } else {
      fail(requireNonNull(cause, "cause"));
    }
  }

  private void release() {
    List<C> released = elements.release(committedEvents);
    if (!released.isEmpty()) {
      output
          .emit(List.of(Pair.create(List.of(), released)))
          .thenRun(
              () -> {
                inFlight -= released.size();
                goOn();
              });
    }
  }

  /** Ends the query after what was taken in, once the input has ended. */
  private void endWithInput() {
    if (isClosed(in) && elements.areStored() && !isEnding && !hasEnded) {
      isEnding = true;
      inBackground(
          running -> {
            running.processAllAvailable();
            running.stop();
          });
    }
  }

  /** Stops the query; the stage fails when it has ended. */
  private void fail(Throwable cause) {
    if (failure == null && !hasEnded) {
      failure = cause;
      inBackground(StreamingQuery::stop);
    }
  }

  private void inBackground(Waiting task) {
    StreamingQuery running = query;
    if (running == null) {
      return;
    }
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run(running);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (StreamingQueryException e) {
                // The stage fails with it, as the query has ended.
                return;
              }
            },
            "vellamo-flow-" + running.name());
    thread.setDaemon(true);
    thread.start();
  }

  /** A task that waits for the query. */
  @FunctionalInterface
  private interface Waiting {
    void run(StreamingQuery query) throws InterruptedException;
  }

  private final class InputHandler extends AbstractInHandler {
    @Override
    public void onPush() {
      Pair<E, C> element = grab(in);
      inFlight++;
      elements.add(element.first(), element.second());
      goOn();
    }

    @Override
    public void onUpstreamFinish() {
      endWithInput();
    }

    @Override
    public void onUpstreamFailure(Throwable cause) {
      fail(cause);
    }
  }

  private final class Input implements FlowInput<E, C> {
    @Override
    public void opened(Offers<E, C> source) {
      sink.resume();
      output.inStage(
          () -> {
            offers = source;
            committedEvents = -1;
            elements.opened();
            goOn();
          });
    }

    @Override
    public void committed(long events) {
      output.inStage(
          () -> {
            committedEvents = events;
            release();
          });
    }

    @Override
    public void closed() {
      output.inStage(() -> offers = null);
      sink.abandon();
    }
  }
}
