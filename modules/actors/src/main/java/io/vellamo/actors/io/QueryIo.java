package io.vellamo.actors.io;

import static java.util.Objects.requireNonNull;

import io.vellamo.api.query.QueryClock;
import io.vellamo.api.source.Inboxes;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochShare;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.EpochData;
import io.vellamo.engine.io.EpochReading;
import io.vellamo.engine.io.OpenSinks;
import io.vellamo.engine.io.OpenSources;
import io.vellamo.engine.io.RangeWriter;
import io.vellamo.engine.io.ResultPage;
import io.vellamo.engine.pipeline.PreparedQuery;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.query.ConnectorMetrics;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryInput;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;

/**
 * The calls of source, sinks and stages that a coordinator makes on its query's own threads; an
 * observer is told each outcome.
 *
 * <p><b>Threading</b> Used by the coordinator's actor only; never waits.
 *
 * <p><b>Failure</b> The query's machine decides whether a call that fails is made again. Reading
 * ahead only yields nothing.
 */
public final class QueryIo {
  private final ActorSystem<?> system;
  private final String streamDispatcher;
  private final PreparedQuery query;
  private final QueryClock clock;
  private final int maxCompleteGroups;
  private final QueryResources resources;
  private final IoObserver observer;
  // Set once source and sinks are open.
  private @Nullable EpochStream stream;
  private int shards;

  /**
   * Creates the input and output of a query, with nothing open yet.
   *
   * @param system the actor system of the query
   * @param streamDispatcher the dispatcher of the stream that reads, by its path
   * @param query the query
   * @param clock its processing time
   * @param maxCompleteGroups the maximum number of groups in mode {@code COMPLETE}
   * @param resources its threads, and where everything open is kept
   * @param observer takes the outcomes
   */
  public QueryIo(
      ActorSystem<?> system,
      String streamDispatcher,
      PreparedQuery query,
      QueryClock clock,
      int maxCompleteGroups,
      QueryResources resources,
      IoObserver observer) {
    this.system = system;
    this.streamDispatcher = streamDispatcher;
    this.query = query;
    this.clock = clock;
    this.maxCompleteGroups = maxCompleteGroups;
    this.resources = resources;
    this.observer = observer;
  }

  /**
   * Opens source and sinks.
   *
   * @param ledger the query as its journal knows it
   * @param ranges the number of ranges of shards with a writer each; 0 if the sink has one writer
   * @param opensRanges whether these writers are opened here, and not where the shards run
   * @param signal tells that the source may offer something
   * @param inboxes returns the inbox of a source, by the source's index
   */
  public void open(
      QueryLedger ledger,
      int ranges,
      boolean opensRanges,
      Runnable signal,
      IntFunction<Inboxes> inboxes) {
    tell(
        resources.open(
            query.sourceDescription(),
            () -> OpenSources.open(query, clock, ledger.offsets(), signal, inboxes),
            query.sinkDescription(),
            () ->
                OpenSinks.open(
                    query, ledger, ranges, opensRanges, maxCompleteGroups, DeadLetterLog::warn)),
        ok -> observer.happened(new QueryInput.Opened()),
        QueryInput.OpenFailed::new);
  }

  /** Gets ready to read epochs, once source and sinks are open. */
  public void startReading(int shardsOfOperator) {
    EpochStream started =
        EpochStream.start(system, streamDispatcher, resources.sources(), query.sourceDescription());
    stream = started;
    shards = shardsOfOperator;
    resources.stream(started);
  }

  /**
   * Reads and routes an epoch, after those before it.
   *
   * @param keepsEvents whether groups get each event, so that none are reduced before
   */
  public void read(EpochPlan plan, long attempt, boolean keepsEvents) {
    if (plan.ranges().isEmpty()) {
      observer.routed(RoutedEpoch.withoutData(plan), attempt);
      return;
    }
    EpochReading reading = new EpochReading(query, shards, query.plan().errorPolicy(), keepsEvents);
    requireNonNull(stream, "stream")
        .run(
            EpochShare.whole(plan),
            reading::take,
            routed -> observer.routed(routed, attempt),
            failure -> observer.readFailed(plan.epoch(), attempt, failure));
  }

  /** Asks the source what it offers. */
  public void ask(Offsets after, long most) {
    tell(
        offer(after, most),
        ranges -> observer.happened(new QueryInput.Offered(ranges)),
        QueryInput.OfferFailed::new);
  }

  /** Asks the source what it offers after the epoch that runs. */
  public void askAhead(Offsets after, long most) {
    offer(after, most)
        .whenComplete(
            (ranges, failure) ->
                observer.happened(new QueryInput.OfferedAhead(failure == null ? ranges : null)));
  }

  private CompletionStage<List<OffsetRange>> offer(Offsets after, long most) {
    return resources
        .sources()
        .thread()
        .call(
            "asking " + query.sourceDescription(),
            () -> resources.sources().opened().offer(after, most));
  }

  /** Reads the initial states for each shard. */
  public void readInitialStates(int shards) {
    String doing = "reading the initial states";
    tell(
        resources.sources().thread().call(doing, () -> query.initialStates(shards)),
        observer::initialStates,
        problem -> new QueryInput.Failed(doing, problem));
  }

  /** Routes the rows of an operator to the operators downstream. */
  public void routeRows(EpochData data, long epoch, long attempt, int operator) {
    tell(
        resources
            .sources()
            .callFunctions(
                "the stages between groups",
                () -> {
                  data.routeRows(operator);
                  return data.summary();
                }),
        summary -> observer.happened(new QueryInput.RowsRouted(epoch, attempt, summary)),
        problem -> new QueryInput.Failed("handing rows to the next operator", problem));
  }

  /** Takes a page of the whole result, on the thread of the sinks. */
  public void takePage(ResultPage page, long epoch) {
    String doing = "collecting the whole result";
    tell(
        resources
            .sinkThread()
            .call(
                doing,
                () -> {
                  resources.openSink().take(page);
                  return page;
                }),
        taken ->
            observer.happened(
                new QueryInput.PageTaken(page.shard(), epoch, page.attempt(), page.number())),
        problem -> new QueryInput.Failed(doing, problem));
  }

  /** Writes an epoch to the sinks. */
  public void write(EpochData data, long epoch) {
    String doing = "writing to " + query.sinkDescription();
    tell(
        resources.sinkThread().call(doing, () -> resources.openSink().write(data.results())),
        rows -> observer.happened(new QueryInput.SinkWritten(epoch, rows)),
        problem -> new QueryInput.WriteFailed(epoch, problem));
  }

  /** Writes the rows of the shards of a range. */
  public void writeRange(EpochData data, int range, long epoch) {
    SortedMap<Integer, List<Object>> rows = data.rowsToSink();
    callRange(
        range,
        "writing to " + query.sinkDescription(),
        writer -> writer.write(epoch, rows),
        written -> new QueryInput.RangeWritten(range, epoch, written),
        epoch);
  }

  /** Commits an epoch at a range of the sink. */
  public void commitRange(int range, long epoch) {
    callRange(
        range,
        "committing at " + query.sinkDescription(),
        writer -> writer.commit(epoch),
        committed ->
            committed
                ? new QueryInput.RangeCommitted(range, epoch)
                : new QueryInput.RangeLacks(range, epoch),
        epoch);
  }

  private <T> void callRange(
      int range, String doing, RangeCall<T> call, Function<T, QueryInput> onResult, long epoch) {
    RangeWriter writer = resources.openSink().ranges().get(range);
    tell(
        resources.rangeThread(range).call(doing, () -> call.of(writer)),
        result -> observer.happened(onResult.apply(result)),
        problem -> new QueryInput.RangeFailed(range, epoch, problem));
  }

  /** A call of the writer of a range. */
  private interface RangeCall<T> {
    T of(RangeWriter writer) throws Exception;
  }

  /** Returns what source and sink last reported about themselves. */
  public ConnectorMetrics metrics() {
    OpenSources sources = resources.sources().opened();
    return new ConnectorMetrics(sources.metrics(), sources.lags(), resources.openSink().metrics());
  }

  /** Tells the source of a commit; an outcome follows only if that fails. */
  public void committed(Offsets offsets) {
    resources
        .sources()
        .committed(
            query.sourceDescription(),
            offsets,
            failure -> observer.failed("telling the source of a commit", failure));
  }

  private <T> void tell(
      CompletionStage<T> result, Consumer<T> onResult, Function<Problem, QueryInput> onFailure) {
    result
        .thenAccept(onResult)
        .whenComplete(
            (ok, failure) -> {
              if (failure != null) {
                observer.failed(onFailure, Failures.unwrap(failure));
              }
            });
  }
}
