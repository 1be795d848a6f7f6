package io.vellamo.actors;

import io.vellamo.actors.CoordinatorMessage.Happened;
import io.vellamo.actors.CoordinatorMessage.InitialStates;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.EpochData;
import io.vellamo.engine.io.OpenSinks;
import io.vellamo.engine.io.OpenSources;
import io.vellamo.engine.protocol.query.QueryInput;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The calls of source, sinks and stages that a coordinator makes on its query's own threads; each
 * outcome returns as a message.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only; never waits.
 */
final class QueryIo {
  private final ActorContext<CoordinatorMessage> context;
  private final QuerySpec spec;
  private final QueryResources resources;
  private final Causes causes;

  QueryIo(
      ActorContext<CoordinatorMessage> context,
      QuerySpec spec,
      QueryResources resources,
      Causes causes) {
    this.context = context;
    this.spec = spec;
    this.resources = resources;
    this.causes = causes;
  }

  /** Opens source and sinks. */
  void open(QueryLedger ledger, WakeSignal signal) {
    pipe(
        resources.open(
            spec.sourceDescription(),
            () -> OpenSources.open(spec.query(), spec.clock(), ledger.offsets(), signal),
            spec.sinkDescription(),
            () ->
                OpenSinks.open(spec.query(), ledger, DeadLetterLog::warn)),
        "opening source and sinks",
        ok -> new Happened(new QueryInput.Opened()));
  }

  /** Asks the source what it offers. */
  void ask(Offsets after, long most) {
    pipe(
        offer(after, most),
        "asking " + spec.sourceDescription(),
        ranges -> new Happened(new QueryInput.Offered(ranges)));
  }

  /** Asks the source what it offers after the epoch that runs. */
  void askAhead(Offsets after, long most) {
    context.pipeToSelf(
        offer(after, most),
        (ranges, failure) ->
            new Happened(new QueryInput.OfferedAhead(failure == null ? ranges : null)));
  }

  private CompletableFuture<List<OffsetRange>> offer(Offsets after, long most) {
    return resources
        .sourceThread()
        .call(
            "asking " + spec.sourceDescription(), () -> resources.openSource().offer(after, most));
  }

  /** Reads the initial states for each shard. */
  void readInitialStates(int shards) {
    String doing = "reading the initial states";
    pipe(
        resources.sourceThread().call(doing, () -> spec.initialStates(shards)),
        doing,
        InitialStates::new);
  }

  /** Routes the rows of an operator to the operators downstream. */
  void routeRows(EpochData data, long epoch, long attempt, int operator) {
    CompletableFuture<EpochData> routed =
        resources.callFunctions(
            "the stages between groups",
            () -> {
              data.routeRows(operator);
              return data;
            });
    pipe(
        routed,
        "handing rows to the next operator",
        done -> new Happened(new QueryInput.RowsRouted(epoch, attempt, done.summary())));
  }

  /** Writes an epoch to the sinks. */
  void write(EpochData data, long epoch) {
    String doing = "writing to " + spec.sinkDescription();
    pipe(
        resources.sinkThread().call(doing, () -> resources.openSink().write(data.results())),
        doing,
        rows -> new Happened(new QueryInput.SinkWritten(epoch, rows)));
  }

  /** Tells the source of a commit; a message follows only if that fails. */
  void committed(Offsets offsets) {
    ActorRef<CoordinatorMessage> self = context.getSelf();
    resources.committed(
        spec.sourceDescription(),
        offsets,
        failure -> self.tell(failed("telling the source of a commit", failure)));
  }

  private <T> void pipe(
      CompletableFuture<T> result, String doing, Function<T, CoordinatorMessage> onResult) {
    context.pipeToSelf(
        result,
        (value, failure) ->
            failure == null ? onResult.apply(value) : failed(doing, Failures.unwrap(failure)));
  }

  /** Returns the message of a failure that ends the query. */
  CoordinatorMessage failed(String doing, Throwable cause) {
    return new Happened(new QueryInput.Failed(doing, causes.problem(cause)));
  }
}
