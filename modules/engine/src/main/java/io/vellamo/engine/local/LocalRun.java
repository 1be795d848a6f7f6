package io.vellamo.engine.local;

import io.vellamo.api.source.Offsets;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.OperatorNumbers;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.local.PendingEffect.Kind;
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
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
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

  private final LocalQuery query;
  private final String name;
  private final LocalJournal journal;
  private final EffectQueue queue;
  private final LocalWakeUp wakeUp;
  private final EffectFilter filter;
  private final LocalIo io;
  private final QueryMachine machine;
  private final ShardHosts hosts;
  private final LocalProblems problems;
  private final LocalRequests requests = new LocalRequests();
  private Consumer<QueryNews> observer = news -> {};
  private long lastSequenceNr;
  private int activations;
  private boolean isEnded;
  private @Nullable QueryFailure failure;
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
    this(query, setup, name, journal, queue, filter, run -> new OwnShards(run, queue, filter));
  }

  /** Creates a run that has not begun, and whose shards live elsewhere. */
  public LocalRun(
      LocalQuery query,
      QuerySetup setup,
      String name,
      LocalJournal journal,
      EffectQueue queue,
      EffectFilter filter,
      Function<LocalRun, ShardHosts> hosts) {
    this.query = query;
    this.name = name;
    this.journal = journal;
    this.queue = queue;
    this.wakeUp = new LocalWakeUp(queue);
    this.problems = new LocalProblems(query.failures());
    this.filter = filter;
    this.io = new LocalIo(query, this, journal, queue);
    this.machine = new QueryMachine(setup, filter.ofQuery(this, this));
    this.hosts = hosts.apply(this);
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
    List<QueryRecord> records = recovery.records().stream().map(QueryRecord.class::cast).toList();
    lastSequenceNr = recovery.lastSequenceNr();
    tell(new QueryInput.Recovered(QueryState.EMPTY.after(records)));
  }

  /** Tells the machine what has happened, unless the run has ended. */
  public void tell(QueryInput input) {
    if (!isEnded) {
      machine.on(input, new Now(query.clock().millis(), query.clock().monotonicNanos()));
    }
  }

  /** Sets who is told what the query does. */
  public void observe(Consumer<QueryNews> newObserver) {
    observer = newObserver;
  }

  /**
   * Makes a request.
   *
   * @param request returns the request, given the number that identifies it
   * @param onAnswer takes the answer; must not tell the machine anything
   */
  public void request(LongFunction<QueryRequest> request, Consumer<Object> onAnswer) {
    tell(new QueryInput.Requested(List.of(request.apply(requests.add(onAnswer)))));
  }

  /** Ends the run at once, as a crash does. Effects in the queue may still be carried out. */
  public void end() {
    isEnded = true;
    cancelWakeUp();
    hosts.end();
    Throwable notClosed = io.close();
    if (notClosed != null && failure == null) {
      Problem problem = problem(notClosed);
      String message = "Query [%s] failed: %s; what was committed is safe, start it again";
      failure =
          new QueryFailure(
              0, message.formatted(query.prepared().name(), problem.text()), problem.id());
    }
  }

  private void end(Throwable cause) {
    if (!isEnded) {
      failure = new QueryFailure(0, name + " can't use its journal: " + cause.getMessage(), 0);
      end();
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

  /** Returns the exception behind the failure; null if there is none. */
  public @Nullable Throwable exception() {
    QueryFailure known = failure;
    return known == null ? null : problems.of(known.problem());
  }

  /** Returns the machine. */
  public QueryMachine machine() {
    return machine;
  }

  /** Returns the activations of shards; empty before they are started. */
  public List<LocalShard> shards() {
    return hosts.shards();
  }

  /** Returns the number of shards of all operators. */
  int allShards() {
    return query.allShards();
  }

  /** Returns the epoch's input that goes with a request; null if none does. */
  public @Nullable EpochInput input(int shard, ShardRequest request) {
    return io.input(shard, request);
  }

  /** Ends an activation of a shard because of a failure; the query is told. */
  public void loseShard(int shard, Throwable cause) {
    shards().stream().filter(each -> each.index() == shard).forEach(LocalShard::end);
    lost(shard, cause);
  }

  /** Tells the query that it has lost a shard, whose activation may go on. */
  public void lost(int shard, Throwable cause) {
    queue.add(
        PendingEffect.report(
            Kind.MESSAGE,
            "%s is told that shard %d is lost".formatted(name, shard),
            () -> tell(new QueryInput.ShardLost(shard, problem(cause), true))));
  }

  /** Keeps an exception; returns its description. */
  Problem problem(Throwable cause) {
    return problems.add(cause);
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
  public void markSnapshot(long beginsAfter, long before) {
    queue.add(
        PendingEffect.of(
            Kind.MARK,
            "%s marks that a recovery begins after record %d".formatted(name, beginsAfter),
            () -> {
              journal.mark(QUERY_LOG, beginsAfter, before);
              return beginsAfter;
            },
            stored -> {},
            failed -> {}));
  }

  @Override
  public void open(QueryLedger ledger, int ranges) {
    io.open(ledger, ranges);
  }

  @Override
  public void startShards(QueryCreated known) {
    created = known;
    hosts.start(known);
  }

  /**
   * Returns an activation of a shard that has not begun to recover.
   *
   * @param host the name of the place where it lives
   * @param its takes its effects
   * @param onLost is told when it ends by itself
   */
  public LocalShard activation(
      int shard, String host, EffectQueue its, Consumer<Throwable> onLost) {
    QueryCreated known = Objects.requireNonNull(created, "created");
    OperatorNumbers numbers = query.prepared().operatorNumbers(known.operators());
    int inJournal =
        numbers.ofPlace(shard / query.shards()) * query.shards() + shard % query.shards();
    String activation = "%s, shard %d, activation %d".formatted(host, shard, ++activations);
    return new LocalShard(
        query.shard(shard, numbers.variablesOfPlace(shard / query.shards())),
        activation,
        "shard-" + inJournal,
        journal,
        its,
        filter,
        onLost);
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
                hosts.restart(shard);
                tell(new QueryInput.ShardRestarted(shard));
              }
            }));
  }

  @Override
  public void send(int shard, ShardRequest request) {
    hosts.send(shard, request);
  }

  /** Takes the reply of a shard, unless the run has ended. */
  public void replied(ShardReply reply, @Nullable EpochOutput output, @Nullable Throwable cause) {
    if (isEnded) {
      return;
    }
    if (output != null) {
      io.output(reply, output);
    }
    tell(new QueryInput.ShardReplied(reply, cause == null ? Problem.NONE : problem(cause)));
  }

  @Override
  public void readInitialStates() {
    io.readInitialStates();
  }

  @Override
  public void askSource(Offsets after, long most) {
    io.askSource(after, most);
  }

  @Override
  public void askAhead(Offsets after, long most) {
    io.askAhead(after, most);
  }

  @Override
  public void read(EpochPlan plan, long attempt, boolean hasParked) {
    io.read(plan, attempt, hasParked);
  }

  @Override
  public void routeRows(long epoch, long attempt, int operator) {
    io.routeRows(epoch, attempt, operator);
  }

  @Override
  public void takePage(int shard, long epoch, long attempt, int number) {
    io.takePage(shard, epoch, attempt, number);
  }

  @Override
  public void writeSink(long epoch, long attempt) {
    io.writeSink(epoch, attempt);
  }

  @Override
  public void writeRange(int range, long epoch, long attempt) {
    io.writeRange(range, epoch, attempt);
  }

  @Override
  public void commitRange(int range, long epoch) {
    io.commitRange(range, epoch);
  }

  @Override
  public void discard(long epoch, long attempt) {
    io.discard(epoch, attempt);
    hosts.discarded(epoch, attempt);
  }

  @Override
  public void tellSource(Offsets offsets) {
    io.tellSource(offsets);
  }

  @Override
  public void wakeAfter(long delayMillis) {
    wakeUp.request(delayMillis, name + " wakes up", () -> tell(new QueryInput.Woken()));
  }

  @Override
  public void cancelWakeUp() {
    wakeUp.cancel();
  }

  @Override
  public void answer(long id, Object answer) {
    requests.answer(id, answer);
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
}
