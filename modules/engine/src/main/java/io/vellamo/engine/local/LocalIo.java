package io.vellamo.engine.local;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.io.EpochData;
import io.vellamo.engine.io.EpochReading;
import io.vellamo.engine.io.EventChunk;
import io.vellamo.engine.io.OpenSinks;
import io.vellamo.engine.io.OpenSources;
import io.vellamo.engine.io.RangeWriter;
import io.vellamo.engine.io.ResultPage;
import io.vellamo.engine.local.PendingEffect.Kind;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.shard.InitialGroups;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sources and sinks of a run, and the epochs on their way from the ones to the others.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class LocalIo {
  private record Attempt(long epoch, long attempt) implements Comparable<Attempt> {
    @Override
    public int compareTo(Attempt other) {
      int byEpoch = Long.compare(epoch, other.epoch);
      return byEpoch == 0 ? Long.compare(attempt, other.attempt) : byEpoch;
    }
  }

  private final LocalQuery query;
  private final LocalRun run;
  private final LocalJournal journal;
  private final EffectQueue queue;
  private final Set<Attempt> reading = new TreeSet<>();
  private final Map<Attempt, EpochData> epochs = new TreeMap<>();
  private List<InitialGroups> initial = List.of();
  // Set once they are open.
  private @Nullable OpenSources sources;
  private @Nullable OpenSinks sinks;

  LocalIo(LocalQuery query, LocalRun run, LocalJournal journal, EffectQueue queue) {
    this.query = query;
    this.run = run;
    this.journal = journal;
    this.queue = queue;
  }

  void open(QueryLedger ledger, int ranges) {
    calling(
        Kind.OPEN,
        "opening source and sinks",
        () -> {
          // Kept before the sinks are opened: the end of the run closes what is open.
          if (sources == null) {
            sources =
                OpenSources.open(
                    query.prepared(),
                    query.clock(),
                    ledger.offsets(),
                    this::signal,
                    input -> new LocalInboxes(run, query, journal, queue, ledger, input));
          }
          sinks =
              OpenSinks.open(
                  query.prepared(), ledger, ranges, true, query.maxCompleteGroups(), warning -> {});
          return new QueryInput.Opened();
        },
        run::tell,
        QueryInput.OpenFailed::new);
  }

  private void signal() {
    queue.add(
        PendingEffect.report(
            Kind.MESSAGE,
            run + " is told that there is more to read",
            () -> run.tell(new QueryInput.Woken())));
  }

  /** Closes what is open; returns the first exception, or null. */
  @Nullable Throwable close() {
    Throwable first = close(() -> Optional.ofNullable(sources).ifPresent(OpenSources::close));
    Throwable second = close(() -> Optional.ofNullable(sinks).ifPresent(OpenSinks::close));
    return first == null ? second : first;
  }

  private static @Nullable Throwable close(Runnable closing) {
    try {
      closing.run();
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  void readInitialStates() {
    doing(
        Kind.READ,
        "reading the initial states",
        () -> query.prepared().initialStates(query.shards()),
        states -> {
          initial = states;
          Set<Integer> with = new TreeSet<>();
          for (int shard = 0; shard < states.size(); shard++) {
            if (!states.get(shard).isEmpty()) {
              with.add(shard);
            }
          }
          run.tell(new QueryInput.InitialStatesRead(with));
        });
  }

  void askSource(Offsets after, long most) {
    calling(
        Kind.OFFER,
        "asking " + query.prepared().sourceDescription(),
        () -> openSources().offer(after, most),
        offered -> run.tell(new QueryInput.Offered(offered)),
        QueryInput.OfferFailed::new);
  }

  void askAhead(Offsets after, long most) {
    queue.add(
        PendingEffect.of(
            Kind.OFFER,
            run + ": asking the source for the next epoch",
            () -> openSources().offer(after, most),
            offered -> run.tell(new QueryInput.OfferedAhead(offered)),
            failed -> run.tell(new QueryInput.OfferedAhead(null))));
  }

  void read(EpochPlan plan, long attempt, boolean hasParked) {
    reading.add(new Attempt(plan.epoch(), attempt));
    queue.add(
        PendingEffect.of(
            Kind.READ,
            "%s: reading epoch %d, attempt %d, %s"
                .formatted(run, plan.epoch(), attempt, ranges(plan)),
            () -> route(plan, hasParked || query.limits().recordsInputs()),
            routed -> routed(plan, attempt, routed),
            failed ->
                run.tell(new QueryInput.ReadFailed(plan.epoch(), attempt, run.problem(failed)))));
  }

  private static String ranges(EpochPlan plan) {
    StringBuilder text = new StringBuilder();
    for (OffsetRange range : plan.ranges()) {
      text.append(range.partition()).append('@').append(range.from());
      text.append('-').append(range.until()).append(' ');
    }
    return text + "watermark " + plan.times().watermark();
  }

  private RoutedEpoch route(EpochPlan plan, boolean keepsEvents) {
    if (plan.ranges().isEmpty()) {
      return RoutedEpoch.withoutData(plan);
    }
    EpochReading routing =
        new EpochReading(
            query.prepared(), query.shards(), query.prepared().plan().errorPolicy(), keepsEvents);
    Iterator<EventChunk> chunks = openSources().chunks(plan);
    RoutedEpoch routed = null;
    while (chunks.hasNext()) {
      routed = routing.take(chunks.next());
    }
    return Objects.requireNonNull(routed, "routed");
  }

  private void routed(EpochPlan plan, long attempt, RoutedEpoch routed) {
    Attempt read = new Attempt(plan.epoch(), attempt);
    if (reading.remove(read)) {
      EpochData data = new EpochData(query.prepared(), query.shards(), routed, initial);
      epochs.put(read, data);
      run.tell(new QueryInput.EpochRead(plan.epoch(), attempt, data.summary()));
    }
  }

  /** Returns the input that a request is sent with; null if it has none. */
  @Nullable EpochInput input(int shard, ShardRequest request) {
    if (request instanceof ShardRequest.SendRows again) {
      Fence fence = again.fence();
      epochs.computeIfAbsent(
          new Attempt(fence.epoch(), fence.attempt()),
          none -> EpochData.ofRows(query.prepared(), query.shards(), fence.epoch()));
    }
    return request instanceof ShardRequest.RunEpoch run
        ? epoch(run.fence().epoch(), run.fence().attempt()).input(shard)
        : null;
  }

  /** Takes what belongs to a reply, unless the attempt was discarded. */
  void output(ShardReply reply, EpochOutput output) {
    Fence fence = reply.fence();
    EpochData data = fence == null ? null : epochs.get(new Attempt(fence.epoch(), fence.attempt()));
    if (data != null) {
      data.take(reply, output);
    }
  }

  private EpochData epoch(long epoch, long attempt) {
    EpochData known = epochs.get(new Attempt(epoch, attempt));
    if (known == null) {
      throw new AssertionError("attempt [%d] of epoch [%d] must be kept".formatted(attempt, epoch));
    }
    return known;
  }

  void routeRows(long epoch, long attempt, int operator) {
    EpochData data = epoch(epoch, attempt);
    doing(
        Kind.ROUTE,
        "handing rows to the next operator",
        () -> {
          data.routeRows(operator);
          return data.summary();
        },
        summary -> run.tell(new QueryInput.RowsRouted(epoch, attempt, summary)));
  }

  void takePage(int shard, long epoch, long attempt, int number) {
    ResultPage page = epoch(epoch, attempt).page(shard, number);
    doing(
        Kind.PAGE,
        "collecting the whole result: page %d of shard %d, epoch %d, attempt %d"
            .formatted(number, shard, epoch, attempt),
        () -> {
          Objects.requireNonNull(sinks, "sinks").take(page);
          return page;
        },
        taken -> run.tell(new QueryInput.PageTaken(shard, epoch, attempt, number)));
  }

  void writeSink(long epoch, long attempt) {
    EpochData data = epoch(epoch, attempt);
    calling(
        Kind.WRITE,
        "writing to " + query.prepared().sinkDescription(),
        () -> Objects.requireNonNull(sinks, "sinks").write(data.results()),
        rows -> run.tell(new QueryInput.SinkWritten(epoch, rows)),
        problem -> new QueryInput.WriteFailed(epoch, problem));
  }

  void writeRange(int range, long epoch, long attempt) {
    SortedMap<Integer, List<Object>> rows = epoch(epoch, attempt).rowsToSink();
    calling(
        Kind.WRITE,
        "writing range %d of epoch %d to %s"
            .formatted(range, epoch, query.prepared().sinkDescription()),
        () -> writer(range).write(epoch, rows),
        written -> run.tell(new QueryInput.RangeWritten(range, epoch, written)),
        problem -> new QueryInput.RangeFailed(range, epoch, problem));
  }

  void commitRange(int range, long epoch) {
    calling(
        Kind.COMMIT,
        "committing range %d of epoch %d at %s"
            .formatted(range, epoch, query.prepared().sinkDescription()),
        () -> writer(range).commit(epoch),
        committed ->
            run.tell(
                committed
                    ? new QueryInput.RangeCommitted(range, epoch)
                    : new QueryInput.RangeLacks(range, epoch)),
        problem -> new QueryInput.RangeFailed(range, epoch, problem));
  }

  private RangeWriter writer(int range) {
    return Objects.requireNonNull(sinks, "sinks").ranges().get(range);
  }

  void discard(long epoch, long attempt) {
    reading.remove(new Attempt(epoch, attempt));
    epochs.remove(new Attempt(epoch, attempt));
  }

  void tellSource(Offsets offsets) {
    doing(
        Kind.COMMITTED,
        "telling the source of a commit",
        () -> {
          openSources().committed(offsets);
          return offsets;
        },
        told -> {});
  }

  private OpenSources openSources() {
    return Objects.requireNonNull(sources, "sources");
  }

  private <T> void doing(Kind kind, String what, Callable<T> action, Consumer<T> onDone) {
    calling(kind, what, action, onDone, problem -> new QueryInput.Failed(what, problem));
  }

  private <T> void calling(
      Kind kind,
      String what,
      Callable<T> action,
      Consumer<T> onDone,
      Function<Problem, QueryInput> onFailure) {
    queue.add(
        PendingEffect.of(
            kind,
            run + ": " + what,
            action,
            onDone,
            failed -> run.tell(onFailure.apply(run.problem(failed)))));
  }
}
