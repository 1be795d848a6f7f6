package io.vellamo.actors;

import io.vellamo.actors.QueryCommand.Failed;
import io.vellamo.actors.QueryCommand.Initialized;
import io.vellamo.actors.QueryCommand.IoOpened;
import io.vellamo.actors.QueryCommand.Offered;
import io.vellamo.actors.QueryCommand.OfferedAhead;
import io.vellamo.actors.QueryCommand.RowsRouted;
import io.vellamo.actors.QueryCommand.Written;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.OpenSinks;
import io.vellamo.engine.io.OpenSources;
import io.vellamo.engine.shard.InitialGroups;
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
final class UserWork {
  private final ActorContext<QueryCommand> context;
  private final QuerySpec spec;
  private final QueryResources resources;

  UserWork(ActorContext<QueryCommand> context, QuerySpec spec, QueryResources resources) {
    this.context = context;
    this.spec = spec;
    this.resources = resources;
  }

  /** Opens source and sinks; {@link IoOpened} follows. */
  void open(QueryLedger resumed, WakeSignal signal) {
    pipe(
        resources.open(
            spec.sourceDescription(),
            () -> OpenSources.open(spec.query(), spec.clock(), resumed.offsets(), signal),
            spec.sinkDescription(),
            () -> OpenSinks.open(spec.query(), resumed, DeadLetterLog::warn)),
        "opening source and sinks",
        ok -> IoOpened.INSTANCE);
  }

  /** Asks the source what it offers; {@link Offered} follows. */
  void ask(QueryLedger after, long most) {
    pipe(offer(after, most), "asking " + spec.sourceDescription(), Offered::new);
  }

  /** Asks the source what follows the epoch that runs; {@link OfferedAhead} follows. */
  void askAhead(QueryLedger after, long most) {
    context.pipeToSelf(
        offer(after, most), (ranges, failure) -> new OfferedAhead(failure == null ? ranges : null));
  }

  private CompletableFuture<List<OffsetRange>> offer(QueryLedger after, long most) {
    return resources
        .sourceThread()
        .call(
            "asking " + spec.sourceDescription(),
            () -> resources.openSource().offer(after.offsets(), most));
  }

  /** Reads the initial states for each shard; {@link Initialized} follows. */
  void readInitialStates(int shards) {
    String doing = "reading the initial states";
    CompletableFuture<List<InitialGroups>> states =
        resources.sourceThread().call(doing, () -> spec.initialStates(shards));
    pipe(states, doing, Initialized::new);
  }

  /** Routes rows to the next operator; {@link RowsRouted} follows. */
  void routeRows(EpochRun epoch) {
    CompletableFuture<EpochRun> routed =
        resources.callFunctions(
            "the stages between groups",
            () -> {
              epoch.routeRows();
              return epoch;
            });
    pipe(routed, "handing rows to the next operator", done -> RowsRouted.INSTANCE);
  }

  /** Writes an epoch to the sinks; {@link Written} follows. */
  void write(EpochRun epoch) {
    String doing = "writing to " + spec.sinkDescription();
    pipe(
        resources.sinkThread().call(doing, () -> resources.openSink().write(epoch.results())),
        doing,
        Written::new);
  }

  /** Tells the source of a commit; a message follows only if that fails. */
  void committed(Offsets offsets) {
    ActorRef<QueryCommand> self = context.getSelf();
    resources.committed(
        spec.sourceDescription(),
        offsets,
        failure -> self.tell(new Failed("telling the source of a commit", failure)));
  }

  private <T> void pipe(
      CompletableFuture<T> result, String doing, Function<T, QueryCommand> onResult) {
    context.pipeToSelf(
        result,
        (value, failure) ->
            failure == null ? onResult.apply(value) : new Failed(doing, Failures.unwrap(failure)));
  }
}
