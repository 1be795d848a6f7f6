package io.vellamo.actors.flow;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.EventStream;
import io.vellamo.api.QueryStart;
import io.vellamo.api.query.StreamingQuery;
import io.vellamo.api.query.StreamingQueryException;
import io.vellamo.api.source.HandoffSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;

/**
 * A query whose source is the input of a Pekko flow and whose sink is its output.
 *
 * <p>Each materialization starts the query; its name allows one at a time. The input is passed to
 * the query in memory, so elements in flight at a crash have to be sent again. The contexts tell
 * which: each is emitted only after its element is durable in the journal.
 *
 * @param <I> the input elements
 * @param <C> the contexts
 * @param <O> the rows
 */
public final class QueryFlow<I, C, O> {
  private static final int BUFFER = 16;

  private final ActorSystem<?> system;
  private final Executor blocking;
  private final QueryStart start;
  private final int capacity;
  private final Function<EventStream<I>, EventStream<O>> pipeline;

  /**
   * Creates the flow of a pipeline.
   *
   * @param start the query's beginning
   * @param capacity the most elements taken in and not yet committed
   * @param blocking runs tasks that wait for the query
   * @param pipeline the pipeline that the input goes through
   */
  public QueryFlow(
      ActorSystem<?> system,
      Executor blocking,
      QueryStart start,
      int capacity,
      Function<EventStream<I>, EventStream<O>> pipeline) {
    this.system = system;
    this.blocking = blocking;
    this.start = start;
    this.capacity = capacity;
    this.pipeline = requireNonNull(pipeline, "pipeline");
  }

  /** Returns the flow, which emits the context of each element once the element is durable. */
  public Flow<Pair<I, C>, Pair<List<O>, C>, NotUsed> create() {
    return Flow.fromMaterializer((materializer, attributes) -> materialize())
        .mapMaterializedValue(stage -> NotUsed.getInstance());
  }

  private Flow<Pair<I, C>, Pair<List<O>, C>, NotUsed> materialize() {
    Pair<SourceQueueWithComplete<Pair<List<O>, C>>, Source<Pair<List<O>, C>, NotUsed>> out =
        Source.<Pair<List<O>, C>>queue(BUFFER, OverflowStrategy.backpressure())
            .preMaterialize(system);
    SourceQueueWithComplete<Pair<List<O>, C>> queue = out.first();
    FlowOutput<C, O> output = new FlowOutput<>(queue);
    HandoffSource<Pair<I, C>> source =
        HandoffSource.create(
            capacity, committed -> output.committed(committed.stream().map(Pair::second).toList()));
    StreamingQuery query =
        pipeline.apply(start.from(source).map(Pair::first)).to(output.sink()).start();
    SharedKillSwitch input = KillSwitches.shared("vellamo-flow");
    query
        .whenTerminated()
        .whenComplete(
            (ok, failure) -> {
              if (failure != null) {
                queue.fail(failure);
                input.abort(failure);
              } else {
                queue.complete();
                input.shutdown();
              }
            });
    queue.watchCompletion().whenComplete((ok, failure) -> inBackground(query::stop));
    Sink<Pair<I, C>, CompletionStage<Done>> in =
        Flow.<Pair<I, C>>create()
            .via(input.flow())
            .mapAsync(1, element -> source.offer(element).thenApply(ok -> Done.getInstance()))
            .toMat(Sink.ignore(), Keep.right());
    return Flow.fromSinkAndSourceMat(
        in.mapMaterializedValue(done -> ended(done, query, queue)), out.second(), Keep.right());
  }

  /**
   * Handles the end of the input: finishes what was taken in, or fails the flow with the input's
   * failure.
   */
  private NotUsed ended(
      CompletionStage<Done> done,
      StreamingQuery query,
      SourceQueueWithComplete<Pair<List<O>, C>> queue) {
    done.whenComplete(
        (ok, failure) -> {
          if (failure == null) {
            inBackground(
                () -> {
                  query.processAllAvailable();
                  // The downstream may take any time to take the last rows.
                  query.stop(ChronoUnit.FOREVER.getDuration());
                });
          } else {
            queue.fail(failure);
          }
        });
    return NotUsed.getInstance();
  }

  private void inBackground(Waiting action) {
    blocking.execute(
        () -> {
          try {
            action.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (StreamingQueryException e) {
            // The flow fails with it already, through whenTerminated.
            return;
          }
        });
  }

  /** A task that waits for the query. */
  @FunctionalInterface
  private interface Waiting {
    void run() throws InterruptedException;
  }
}
