package io.vellamo.testkit;

import io.vellamo.api.query.RetryPolicy;
import io.vellamo.api.query.Trigger;
import io.vellamo.api.query.WatermarkPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochInterval;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.EpochSize;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.pipeline.CompiledQuery;
import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.query.EpochSummary;
import io.vellamo.engine.protocol.query.HotKeyOptions;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryEffects;
import io.vellamo.engine.protocol.query.QueryFailure;
import io.vellamo.engine.protocol.query.QueryInput;
import io.vellamo.engine.protocol.query.QueryMachine;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.protocol.query.QuerySetup;
import io.vellamo.engine.protocol.query.ShardRestarts;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The query of a script: the machine of queries, with one source, which offers what the script has
 * added, and one shard. Whenever the machine asks the source, it stands still until the script goes
 * on, so the script decides which events are an epoch.
 */
final class ScriptQuery implements QueryEffects {
  /** What the epochs of the query read and do. */
  interface Epochs {
    /** Returns the shards that have initial rows. */
    Set<Integer> withInitialRows();

    /** Opens the shard. */
    ShardReply open();

    /** Reads the events that the script has added. */
    EpochSummary read(EpochPlan plan);

    /** Runs an epoch in the shard. */
    ShardReply run(ShardRequest.RunEpoch request);

    /** Takes note that an epoch is complete; returns the number of its rows. */
    long written(EpochPlan plan);
  }

  private static final SourcePartition PARTITION = new SourcePartition("script");

  private final Epochs epochs;
  private final QueryMachine machine;
  private final Deque<Supplier<QueryInput>> pending = new ArrayDeque<>();
  private long nowMillis;
  private long read;
  private long lastSequenceNr;
  private boolean hasBegun;
  private boolean isAsking;

  ScriptQuery(CompiledQuery compiled, long nowMillis, Epochs epochs) {
    this.epochs = epochs;
    this.nowMillis = nowMillis;
    UUID id = new UUID(0, 0);
    QuerySetup setup =
        new QuerySetup(
            "script",
            id,
            id,
            compiled,
            Trigger.asap(),
            WatermarkPolicy.MIN,
            1,
            "",
            List.of(),
            List.of("script"),
            "script",
            Collections.nCopies(compiled.watermarks().size(), "script"),
            null,
            0,
            EpochSize.fixed(Long.MAX_VALUE, 1),
            EpochInterval.none(),
            ShardRestarts.NONE,
            RetryPolicy.none(),
            HotKeyOptions.NONE);
    this.machine = new QueryMachine(setup, this);
  }

  /** Runs an epoch that reads events, of which there is at least one. */
  void run(int events) {
    ask();
    answer(List.of(new OffsetRange(PARTITION, read, read + events)));
    read += events;
  }

  /** Runs every epoch that follows without further events. */
  void settle() {
    ask();
    while (isAsking) {
      answer(List.of());
    }
  }

  /** Moves the processing time. */
  void advance(long millis) {
    nowMillis = Math.addExact(nowMillis, millis);
  }

  /** Returns the clocks of the next epoch, once the query has settled. */
  EpochTimes times() {
    Watermark watermark = watermark();
    return new EpochTimes(1, nowMillis, watermark, watermark);
  }

  /** Returns the watermark of the next epoch, once the query has settled. */
  Watermark watermark() {
    return machine.journal().knownLedger().nextWatermark();
  }

  /** Lets the machine ask the source, if it does not already. */
  private void ask() {
    if (!hasBegun) {
      hasBegun = true;
      give(new QueryInput.Recovered(QueryState.EMPTY));
    } else if (!isAsking) {
      give(new QueryInput.Woken());
    }
  }

  private void answer(List<OffsetRange> offered) {
    if (!isAsking) {
      throw new AssertionError("the query must ask its source, is [%s]".formatted(machine.state()));
    }
    isAsking = false;
    give(new QueryInput.Offered(offered));
  }

  private void give(QueryInput input) {
    machine.on(input, now());
    for (Supplier<QueryInput> next = pending.poll(); next != null; next = pending.poll()) {
      machine.on(next.get(), now());
    }
  }

  private Now now() {
    return Now.ofMillis(nowMillis, nowMillis);
  }

  @Override
  public void persist(List<QueryRecord> records) {
    lastSequenceNr += records.size();
    long last = lastSequenceNr;
    pending.add(() -> new QueryInput.Journaled(last));
  }

  @Override
  public void open(QueryLedger ledger, int ranges) {
    pending.add(QueryInput.Opened::new);
  }

  @Override
  public void send(int shard, ShardRequest request) {
    pending.add(() -> new QueryInput.ShardReplied(reply(request), Problem.NONE));
  }

  private ShardReply reply(ShardRequest request) {
    return request instanceof ShardRequest.RunEpoch run ? epochs.run(run) : epochs.open();
  }

  @Override
  public void askSource(Offsets after, long most) {
    isAsking = true;
  }

  @Override
  public void read(EpochPlan plan, long attempt, boolean hasParked) {
    pending.add(() -> new QueryInput.EpochRead(plan.epoch(), attempt, epochs.read(plan)));
  }

  @Override
  public void writeSink(long epoch, long attempt) {
    pending.add(() -> new QueryInput.SinkWritten(epoch, epochs.written(planned())));
  }

  private EpochPlan planned() {
    EpochPlan planned = machine.journal().knownLedger().planned();
    if (planned == null) {
      throw new AssertionError("an epoch that is written must be planned");
    }
    return planned;
  }

  @Override
  public void fail(QueryFailure failure) {
    throw new AssertionError(failure.message());
  }

  @Override
  public void readInitialStates() {
    pending.add(() -> new QueryInput.InitialStatesRead(epochs.withInitialRows()));
  }

  @Override
  public void restartShard(int shard, long backoffMillis) {
    throw new AssertionError("the shard does not stop");
  }

  @Override
  public void askAhead(Offsets after, long most) {
    throw new AssertionError("no epoch is full");
  }

  @Override
  public void takePage(int shard, long epoch, long attempt, int number) {
    throw new AssertionError("no whole result is requested");
  }

  @Override
  public void routeRows(long epoch, long attempt, int operator) {
    throw new AssertionError("all rows go to the sink");
  }

  @Override
  public void writeRange(int range, long epoch, long attempt) {
    throw new AssertionError("the sink has one writer");
  }

  @Override
  public void commitRange(int range, long epoch) {
    throw new AssertionError("the sink has one writer");
  }

  @Override
  public void answer(long id, Object answer) {
    throw new AssertionError("nothing was asked");
  }

  @Override
  public void startShards(QueryCreated created) {}

  @Override
  public void markSnapshot(long beginsAfter, long before) {}

  @Override
  public void discard(long epoch, long attempt) {}

  @Override
  public void tellSource(Offsets offsets) {}

  // The script wakes the query.
  @Override
  public void wakeAfter(long delayMillis) {}

  @Override
  public void cancelWakeUp() {}

  @Override
  public void publish(QueryNews news) {}

  @Override
  public void finish() {}
}
