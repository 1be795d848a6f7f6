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
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.OperatorNumbers;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.local.PendingEffect.Kind;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.query.QueryFailure;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.protocol.query.QueryMachine;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.engine.shard.InitialGroups;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A run of a query with all its shards, whose effects wait in a queue: it does nothing by itself.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Failure</b> A failure of the query ends the run. Exceptions of a machine are rethrown.
 */
public final class LocalRun implements QueryEffects {
  /** The name of the query's log; that of a shard's log is {@code shard-} and its number. */
  public static final String QUERY_LOG = "query";

  private record Attempt(long epoch, long attempt) implements Comparable<Attempt> {
    @Override
    public int compareTo(Attempt other) {
      int byEpoch = Long.compare(epoch, other.epoch);
      return byEpoch == 0 ? Long.compare(attempt, other.attempt) : byEpoch;
    }
  }

  private final LocalQuery query;
  private final String name;
  private final LocalJournal journal;
  private final EffectQueue queue;
  private final EffectFilter filter;
  private final QueryMachine machine;
  private final List<LocalShard> shards = new ArrayList<>();
  // Null until the epoch has been read.
  private final Map<Attempt, @Nullable EpochData> epochs = new TreeMap<>();
  private final List<Throwable> problems = new ArrayList<>();
  private final Map<Long, Consumer<Object>> requests = new TreeMap<>();
  private Consumer<QueryNews> observer = news -> {};
  private List<InitialGroups> initial = List.of();
  private long lastSequenceNr;
  private long lastRequest;
  private long wakeUps;
  private Runnable withdrawWakeUp = () -> {};
  private int activations;
  private boolean isEnded;
  private @Nullable QueryFailure failure;
  // Set once they are open.
  private @Nullable OpenSources sources;
  private @Nullable OpenSinks sinks;
  // Set once the shards are started.
  private @Nullable QueryCreated created;

  /**
   * Creates a run that has not begun.
   *
   * @param name the name of the run, for messages
   * @param filter replaces the effects that the machines use
   */
  public LocalRun(
      LocalQuery query,
      QuerySetup setup,
      String name,
      LocalJournal journal,
      EffectQueue queue,
      EffectFilter filter) {
    this.query = query;
    this.name = name;
    this.journal = journal;
    this.queue = queue;
    this.filter = filter;
    this.machine = new QueryMachine(setup, filter.ofQuery(this, this));
  }

  /** Begins the run. */
  public void start() {
    queue.add(
        PendingEffect.of(
            Kind.RECOVER,
            name + " recovers",
            () -> journal.read(QUERY_LOG),
            this::recovered,
            this::end));
  }

  private void recovered(LocalJournal.Recovery recovery) {
    QueryState state = QueryState.EMPTY;
    for (var record : recovery.records()) {
      state = state.after((QueryRecord) record);
    }
    lastSequenceNr = recovery.lastSequenceNr();
    tell(new QueryInput.Recovered(state));
  }

  /** Tells the machine what has happened. */
  public void tell(QueryInput input) {
    if (!isEnded) {
      machine.on(input, new Now(query.clock().millis(), query.clock().monotonicMillis()));
    }
  }

  /** Sets who is told what the query does. */
  public void observe(Consumer<QueryNews> newObserver) {
    observer = newObserver;
  }

  /** Makes a request, which is given the number that identifies it. */
  public void request(LongFunction<QueryRequest> request, Consumer<Object> onAnswer) {
    long id = ++lastRequest;
    requests.put(id, onAnswer);
    tell(new QueryInput.Requested(List.of(request.apply(id))));
  }

  /** Ends the run at once, as a crash does. Effects in the queue may still be carried out. */
  public void end() {
    isEnded = true;
    cancelWakeUp();
    shards.forEach(LocalShard::end);
    close(() -> Optional.ofNullable(sources).ifPresent(OpenSources::close));
    close(() -> Optional.ofNullable(sinks).ifPresent(OpenSinks::close));
  }

  private void end(Throwable cause) {
    if (!isEnded) {
      failure = new QueryFailure(0, name + " can't use its journal: " + cause.getMessage(), 0);
      end();
    }
  }

  private void close(Runnable closing) {
    try {
      closing.run();
    } catch (RuntimeException | Error e) {
      if (failure == null) {
        Problem problem = problem(e);
        failure =
            new QueryFailure(
                0,
                "Query [%s] failed: %s; what was committed is safe, start it again"
                    .formatted(query.query().name(), problem.text()),
                problem.id());
      }
    }
  }

  /** Returns whether the run has ended. */
  public boolean isEnded() {
    return isEnded;
  }

  /** Returns why the run has failed; null if it has not. */
  public @Nullable QueryFailure failure() {
    return failure;
  }

  /** Returns the exception behind a failure; null if there is none. */
  public @Nullable Throwable exception(QueryFailure of) {
    return of.problem() == 0 ? null : problems.get(Math.toIntExact(of.problem() - 1));
  }

  /** Returns the machine. */
  public QueryMachine machine() {
    return machine;
  }

  /** Returns the activation of each shard; empty before they are started. */
  public List<LocalShard> shards() {
    return List.copyOf(shards);
  }

  /** Ends an activation of a shard because of a failure; the query is told. */
  public void loseShard(int shard, Throwable cause) {
    shards.get(shard).end();
    lost(shard, cause);
  }

  /** Tells the query that it has lost a shard whose activation goes on. */
  public void lost(int shard, Throwable cause) {
    queue.add(
        PendingEffect.report(
            Kind.MESSAGE,
            "%s is told that shard %d is lost".formatted(name, shard),
            () -> tell(new QueryInput.ShardLost(shard, problem(cause), true))));
  }

  private Problem problem(Throwable cause) {
    problems.add(cause);
    return new Problem(problems.size(), query.failures().describe(cause));
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void persist(List<QueryRecord> records) {
    queue.add(
        PendingEffect.of(
            Kind.PERSIST,
            "%s writes %s".formatted(name, RecordText.of(records)),
            () -> journal.append(QUERY_LOG, lastSequenceNr, name, records),
            last -> {
              lastSequenceNr = last;
              tell(new QueryInput.Journaled(last));
            },
            this::end));
  }

  @Override
  public void markSnapshot(long beginsAfter) {
    queue.add(
        PendingEffect.of(
            Kind.MARK,
            "%s marks that a recovery begins after record %d".formatted(name, beginsAfter),
            () -> {
              journal.mark(QUERY_LOG, beginsAfter);
              return beginsAfter;
            },
            stored -> {},
            failed -> {}));
  }

  @Override
  public void open(QueryLedger ledger) {
    doing(
        Kind.OPEN,
        "opening source and sinks",
        () -> {
          OpenSources open =
              OpenSources.open(query.query(), query.clock(), ledger.offsets(), this::signal);
          try {
            sinks = OpenSinks.open(query.query(), ledger, warning -> {});
          } catch (Exception e) {
            open.close();
            throw e;
          }
          sources = open;
          return new QueryInput.Opened();
        },
        this::tell);
  }

  private void signal() {
    queue.add(
        PendingEffect.report(
            Kind.MESSAGE,
            name + " is told that there is more to read",
            () -> tell(new QueryInput.Woken())));
  }

  @Override
  public void startShards(QueryCreated known) {
    created = known;
    for (int shard = 0; shard < query.allShards(); shard++) {
      shards.add(activation(shard));
    }
    shards.forEach(LocalShard::start);
  }

  private LocalShard activation(int shard) {
    QueryCreated known = Objects.requireNonNull(created, "created");
    OperatorNumbers numbers = new OperatorNumbers(query.compiled().operators(), known.operators());
    int number = numbers.ofPlace(shard / query.shards());
    int inJournal = number * query.shards() + shard % query.shards();
    String activation = "%s, shard %d, activation %d".formatted(name, shard, ++activations);
    return new LocalShard(
        query.shard(shard),
        activation,
        "shard-" + inJournal,
        journal,
        queue,
        filter,
        cause -> lost(shard, cause));
  }

  @Override
  public void restartShard(int shard, long backoffMillis) {
    queue.addAfter(
        backoffMillis,
        PendingEffect.report(
            Kind.TURN,
            "%s starts shard %d again".formatted(name, shard),
            () -> {
              if (!isEnded) {
                LocalShard next = activation(shard);
                shards.set(shard, next);
                next.start();
                tell(new QueryInput.ShardRestarted(shard));
              }
            }));
  }

  @Override
  public void send(int shard, ShardRequest request) {
    EpochInput input = request instanceof ShardRequest.RunEpoch run ? input(shard, run) : null;
    queue.add(
        PendingEffect.message(
            "%s asks shard %d".formatted(name, shard),
            "%s asks shard %d %s".formatted(name, shard, RecordText.of(request)),
            () -> {
              if (!isEnded) {
                deliver(shard, request, input);
              }
            }));
  }

  private EpochInput input(int shard, ShardRequest.RunEpoch run) {
    return epoch(run.fence().epoch(), run.fence().attempt()).input(shard);
  }

  private void deliver(int shard, ShardRequest request, @Nullable EpochInput input) {
    LocalShard own = shards.get(shard);
    own.request(request, input, this::replied);
    LocalShard other = filter.alsoReceives(this, own);
    if (other != null) {
      other.request(request, input, this::replied);
    }
  }

  private void replied(ShardReply reply, @Nullable EpochOutput output, @Nullable Throwable cause) {
    if (isEnded) {
      return;
    }
    if (reply instanceof ShardReply.Done done && output != null) {
      EpochData epoch = epochs.get(new Attempt(done.fence().epoch(), done.fence().attempt()));
      if (epoch != null) {
        epoch.take(done.shard(), output);
      }
    }
    tell(new QueryInput.ShardReplied(reply, cause == null ? Problem.NONE : problem(cause)));
  }

  private EpochData epoch(long epoch, long attempt) {
    EpochData known = epochs.get(new Attempt(epoch, attempt));
    if (known == null) {
      throw new AssertionError("attempt [%d] of epoch [%d] must be kept".formatted(attempt, epoch));
    }
    return known;
  }

  @Override
  public void readInitialStates() {
    doing(
        Kind.READ,
        "reading the initial states",
        query::initialStates,
        states -> {
          initial = states;
          Set<Integer> with = new TreeSet<>();
          for (int shard = 0; shard < states.size(); shard++) {
            if (!states.get(shard).isEmpty()) {
              with.add(shard);
            }
          }
          tell(new QueryInput.InitialStatesRead(with));
        });
  }

  @Override
  public void askSource(Offsets after, long most) {
    doing(
        Kind.OFFER,
        "asking " + query.query().sourceDescription(),
        () -> openSources().offer(after, most),
        offered -> tell(new QueryInput.Offered(offered)));
  }

  @Override
  public void askAhead(Offsets after, long most) {
    queue.add(
        PendingEffect.of(
            Kind.OFFER,
            name + ": asking the source for the next epoch",
            () -> openSources().offer(after, most),
            offered -> tell(new QueryInput.OfferedAhead(offered)),
            failed -> tell(new QueryInput.OfferedAhead(null))));
  }

  @Override
  public void read(EpochPlan plan, long attempt) {
    epochs.put(new Attempt(plan.epoch(), attempt), null);
    queue.add(
        PendingEffect.of(
            Kind.READ,
            "%s: reading epoch %d, attempt %d, %s"
                .formatted(name, plan.epoch(), attempt, ranges(plan)),
            () -> route(plan),
            routed -> routed(plan, attempt, routed),
            failed -> tell(new QueryInput.ReadFailed(plan.epoch(), attempt, problem(failed)))));
  }

  private static String ranges(EpochPlan plan) {
    StringBuilder text = new StringBuilder();
    for (OffsetRange range : plan.ranges()) {
      text.append(range.partition()).append('@').append(range.from());
      text.append('-').append(range.until()).append(' ');
    }
    return text + "watermark " + plan.times().watermark();
  }

  private RoutedEpoch route(EpochPlan plan) {
    if (plan.ranges().isEmpty()) {
      return RoutedEpoch.withoutData(plan);
    }
    EpochReading reading =
        new EpochReading(query.query(), query.shards(), query.plan().errorPolicy());
    Iterator<EventChunk> chunks = openSources().chunks(plan);
    RoutedEpoch routed = null;
    while (chunks.hasNext()) {
      routed = reading.take(chunks.next());
    }
    return Objects.requireNonNull(routed, "routed");
  }

  private void routed(EpochPlan plan, long attempt, RoutedEpoch routed) {
    Attempt key = new Attempt(plan.epoch(), attempt);
    if (epochs.containsKey(key)) {
      boolean isFirst = plan.epoch() == 1 && !initial.isEmpty();
      EpochData data =
          new EpochData(query.query(), query.shards(), routed, isFirst ? initial : List.of());
      epochs.put(key, data);
      tell(new QueryInput.EpochRead(plan.epoch(), attempt, data.summary()));
    }
  }

  @Override
  public void routeRows(long epoch, long attempt, int operator) {
    EpochData data = epoch(epoch, attempt);
    doing(
        Kind.ROUTE,
        "handing rows to the next operator",
        () -> {
          data.routeRows(operator);
          return data.summary();
        },
        summary -> tell(new QueryInput.RowsRouted(epoch, attempt, summary)));
  }

  @Override
  public void writeSink(long epoch, long attempt) {
    EpochData data = epoch(epoch, attempt);
    doing(
        Kind.WRITE,
        "writing to " + query.query().sinkDescription(),
        () -> Objects.requireNonNull(sinks, "sinks").write(data.results()),
        rows -> tell(new QueryInput.SinkWritten(epoch, rows)));
  }

  @Override
  public void discard(long epoch, long attempt) {
    epochs.remove(new Attempt(epoch, attempt));
  }

  @Override
  public void tellSource(Offsets offsets) {
    doing(
        Kind.COMMITTED,
        "telling the source of a commit",
        () -> {
          openSources().committed(offsets);
          return offsets;
        },
        told -> {});
  }

  @Override
  public void wakeAfter(long delayMillis) {
    cancelWakeUp();
    long wakeUp = wakeUps;
    withdrawWakeUp =
        queue.addWakeUp(
            delayMillis,
            PendingEffect.report(
                Kind.TURN,
                name + " wakes up",
                () -> {
                  if (wakeUp == wakeUps) {
                    tell(new QueryInput.Woken());
                  }
                }));
  }

  @Override
  public void cancelWakeUp() {
    wakeUps++;
    withdrawWakeUp.run();
    withdrawWakeUp = () -> {};
  }

  @Override
  public void answer(long id, Object answer) {
    Consumer<Object> onAnswer = requests.remove(id);
    if (onAnswer == null) {
      throw new AssertionError("request [%d] must be answered once".formatted(id));
    }
    onAnswer.accept(answer);
  }

  @Override
  public void publish(QueryNews news) {
    observer.accept(news);
  }

  @Override
  public void fail(QueryFailure why) {
    failure = why;
  }

  @Override
  public void finish() {
    end();
  }

  private OpenSources openSources() {
    return Objects.requireNonNull(sources, "sources");
  }

  private <T> void doing(Kind kind, String what, Callable<T> action, Consumer<T> onDone) {
    queue.add(
        PendingEffect.of(
            kind,
            name + ": " + what,
            action,
            onDone,
            failed -> tell(new QueryInput.Failed(what, problem(failed)))));
  }
}
