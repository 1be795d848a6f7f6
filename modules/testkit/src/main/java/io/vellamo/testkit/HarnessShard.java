package io.vellamo.testkit;

import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.pipeline.RoutedEpoch;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardRequest.RunEpoch;
import io.vellamo.engine.protocol.shard.ShardEffects;
import io.vellamo.engine.protocol.shard.ShardInput;
import io.vellamo.engine.protocol.shard.ShardMachine;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotCycle;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only shard of a script: the machine that queries use, whose calls are made as one of the
 * modes demands.
 *
 * <p><b>Order</b> {@link #give} for each group, then all other methods.
 */
final class HarnessShard implements ShardEffects {
  // No snapshot but those that a mode asks for.
  private static final JournalLimits LIMITS =
      new JournalLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false);
  // So small that the entries of a group are in several parts of a snapshot.
  private static final long PART_BYTES = 100;
  private static final ShardRequest.Open OPEN = new ShardRequest.Open(1, false, List.of());

  private final Script script;
  private final HarnessMode mode;
  private final ShardSpec spec;
  private final HarnessCalls calls;
  private final CallChecks checks;
  private final Deque<Supplier<ShardInput>> pending = new ArrayDeque<>();
  private ShardMachine machine;
  private long lastSequenceNr;
  private long lastEpoch;
  // The last answer, and the output that came with it.
  private @Nullable ShardReply reply;
  private EpochOutput output = new EpochOutput(List.of(), List.of());
  // Set once it is open.
  private ShardReply.@Nullable Opened opened;

  HarnessShard(Script script, HarnessMode mode) {
    GroupOperator<?, ?, ?, ?> operator = script.operator();
    this.script = script;
    this.mode = mode;
    this.calls = new HarnessCalls(script, mode);
    this.checks = new CallChecks(script);
    this.spec =
        new ShardSpec(
            "script",
            0,
            1,
            operator,
            "function",
            operator.rowCodec(),
            key -> Failures.text(operator.keyCodec().read(key)),
            ErrorPolicy.fail(),
            LIMITS,
            Failures.of(true),
            () -> Integer.MAX_VALUE);
    this.machine = new ShardMachine(spec);
  }

  /** Sets a group's state and timeout before the script begins. */
  void give(SnapshotPart.Group group) {
    machine.recover(snapshot(0, new SnapshotPart(List.of(group), false)));
  }

  private static ShardSnapshotPart snapshot(long owner, SnapshotPart part) {
    return new ShardSnapshotPart(owner, part);
  }

  GroupEntry entry(GroupKey key) {
    return machine.ledger().entry(key);
  }

  Map<GroupKey, GroupEntry> groups() {
    return machine.ledger().groups();
  }

  /** Answers the request to open it. */
  ShardReply.Opened open() {
    if (opened == null) {
      give(new ShardInput.Recovered(lastSequenceNr));
      opened = (ShardReply.Opened) ask(new ShardInput.Requested(OPEN, 0));
    }
    return opened;
  }

  /**
   * Runs an epoch: calls with events, written portion by portion, then timeouts.
   *
   * @param where the epoch's place in the script
   * @param portions the epoch's events; at least one portion, perhaps without events
   */
  EpochOutcome run(String where, List<RoutedEpoch> portions, EpochTimes times) {
    calls.begin(where);
    for (int i = 0; i < portions.size(); i++) {
      // The machine sees each portion as an epoch, since it writes them one by one.
      long epoch = ++lastEpoch;
      RunEpoch request =
          new RunEpoch(
              new Fence(OPEN.incarnation(), open().owner(), epoch, 1),
              new EpochTimes(
                  epoch, times.processingTimeMillis(), times.watermark(), times.lateWatermark()),
              portions.get(i).plan().ranges(),
              false);
      calls.callsTimeouts(i == portions.size() - 1);
      run(request, portions.get(i));
    }
    if (mode == HarnessMode.RECOVERED) {
      recover();
    }
    return calls.outcome();
  }

  /** Runs an epoch as written, as a query requests it. */
  ShardReply run(String where, RunEpoch request, RoutedEpoch routed) {
    calls.begin(where);
    calls.callsTimeouts(true);
    return run(request, routed);
  }

  /** Returns the outcome of the last epoch. */
  EpochOutcome outcome() {
    return calls.outcome();
  }

  private ShardReply run(RunEpoch request, RoutedEpoch routed) {
    ShardEvents events = routed.shards().getOrDefault(0, new ShardEvents(false));
    ShardInput requested =
        new ShardInput.RunRequested(
            request,
            new EpochInput(
                events, request.fence().epoch() == 1 ? script.initial() : InitialGroups.NONE),
            0);
    ShardReply first = ask(requested);
    if (mode == HarnessMode.TWICE && machine.ledger().lastEpoch() == request.fence().epoch()) {
      ask(requested);
      checks.requireSameFromMemory(calls.where(), calls.outcome().rows(), output.rows());
    }
    return first;
  }

  /** Goes on from a snapshot, as another activation of the shard. */
  private void recover() {
    ShardLedger ledger = machine.ledger();
    ShardMachine recovered = new ShardMachine(spec);
    SnapshotCycle snapshot = SnapshotCycle.begin(ledger);
    while (!snapshot.isDone()) {
      recovered.recover(snapshot(ledger.owner(), snapshot.next(ledger, PART_BYTES)));
    }
    machine = recovered;
    opened = null;
  }

  private ShardReply ask(ShardInput request) {
    reply = null;
    give(request);
    if (reply == null) {
      throw new AssertionError("the shard must answer [%s]".formatted(request));
    }
    return reply;
  }

  private void give(ShardInput input) {
    machine.on(input, 0, this);
    for (Supplier<ShardInput> next = pending.poll(); next != null; next = pending.poll()) {
      machine.on(next.get(), 0, this);
    }
  }

  @Override
  public void persist(List<ShardRecord> records) {
    lastSequenceNr += records.size();
    long last = lastSequenceNr;
    pending.add(() -> new ShardInput.Journaled(last));
  }

  @Override
  public void call(List<EpochCall> round, EpochTimes times) {
    pending.add(() -> new ShardInput.Called(calls.make(round, times)));
  }

  @Override
  public void callLater(long epoch, int number, Duration delay) {
    throw new AssertionError("no call is made again");
  }

  @Override
  public void answer(long replyTo, ShardReply answer) {
    reply = answer;
  }

  @Override
  public void page(long replyTo, ShardReply.Page page, List<Object> rows) {
    throw new AssertionError("no whole result is requested");
  }

  @Override
  public void done(long replyTo, ShardReply.Done done, EpochOutput given) {
    reply = done;
    output = given;
  }

  @Override
  public void failed(long replyTo, ShardReply.Failed failed, @Nullable Throwable cause) {
    throw new AssertionError(failed.failure().message(), cause);
  }

  @Override
  public void ignored(long replyTo) {
    throw new AssertionError("each request has an answer");
  }

  @Override
  public void epochEnded() {}

  @Override
  public void continueSnapshot() {
    pending.add(() -> ShardInput.SnapshotDue.INSTANCE);
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {}
}
