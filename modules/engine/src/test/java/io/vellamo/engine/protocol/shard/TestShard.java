package io.vellamo.engine.protocol.shard;

import static io.vellamo.engine.group.TestCodecs.key;

import io.vellamo.api.group.GroupState;
import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.api.query.ErrorPolicy;
import io.vellamo.api.source.OffsetRange;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.KeyedOperator;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.TestCodecs;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.InitialGroups;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A shard whose effects wait until the test carries them out. Its function counts a group's events
 * and emits a row for each, throws at the event "bad", sets a timeout at the event "later", and
 * does nothing at the event "nothing".
 */
final class TestShard implements ShardEffects {
  static final JournalLimits LARGE = new JournalLimits(1 << 20, 1 << 20, 1 << 20, false);

  /** Limits with which each group is a record and a write, and every epoch makes a snapshot due. */
  static final JournalLimits SMALL = new JournalLimits(0, 1, 1, false);

  private static final OffsetRange RANGE = new OffsetRange(new SourcePartition("p"), 0, 1000);

  /** Names of the effects so far, in order. */
  final List<String> effects = new ArrayList<>();

  /** The replies so far, in order. */
  final List<ShardReply> replies = new ArrayList<>();

  final List<Long> answered = new ArrayList<>();
  final List<ShardRecord> journal;
  private final GroupOperator<Object, String, Integer, String> operator;
  final ShardMachine machine;
  @Nullable EpochOutput output;

  /** The pages of the whole result since the first one was last sent, in order. */
  final List<List<Object>> pages = new ArrayList<>();

  // Rows of the whole result that groups have returned, and that no page has had.
  private int held;
  int mostHeld;
  @Nullable Throwable cause;
  long mark = -1;
  long deletable = -1;
  List<EpochCall> calls = List.of();
  List<ShardRecord> writing = List.of();
  @Nullable Duration delay;
  int mostCalls = 100;

  /** True if requests to run an epoch ask for the whole result. */
  boolean asksForResult;

  private @Nullable EpochTimes times;
  private long lastReplyTo;

  /** Recovers a shard from a journal, to which it adds. */
  TestShard(List<ShardRecord> journal, ErrorPolicy policy, JournalLimits limits) {
    this(journal, new FunctionOperator<>(TestShard::count), policy, limits);
  }

  /** Recovers a shard of another operator. */
  TestShard(
      List<ShardRecord> journal,
      KeyedOperator<Object, String, Integer, String> calls,
      ErrorPolicy policy,
      JournalLimits limits) {
    this.journal = journal;
    this.operator =
        new GroupOperator<>(
            GroupStateTimeout.PROCESSING_TIME,
            true,
            calls,
            TestCodecs.KEYS,
            TestCodecs.NUMBERS,
            TestCodecs.ROWS);
    this.machine =
        new ShardMachine(
            new ShardSpec(
                "orders",
                3,
                4,
                operator,
                "counts",
                TestCodecs.ROWS,
                key -> "key",
                policy,
                limits,
                Failures.of(true),
                () -> mostCalls));
    journal.forEach(machine::recover);
  }

  /** Returns a shard with an empty journal, owned by run 1. */
  static TestShard opened(ErrorPolicy policy, JournalLimits limits) {
    TestShard shard = new TestShard(new ArrayList<>(), policy, limits);
    shard.recovered();
    shard.open(1);
    shard.journaled();
    return shard;
  }

  private static Iterator<String> count(
      Object key, Iterator<String> events, GroupState<Integer> state) {
    List<String> rows = new ArrayList<>();
    if (state.hasTimedOut()) {
      rows.add(key + " timed out");
      state.remove();
    }
    while (events.hasNext()) {
      String event = events.next();
      if (event.equals("bad")) {
        throw new IllegalStateException("bad event");
      }
      if (event.equals("nothing")) {
        continue;
      }
      int count = state.optional().orElse(0) + 1;
      state.update(count);
      if (event.equals("later")) {
        state.setTimeoutDuration(Duration.ofMillis(10));
      }
      rows.add(key + "=" + count);
    }
    return rows.iterator();
  }

  void recovered() {
    machine.on(new ShardInput.Recovered(journal.size()), 0, this);
  }

  long open(long incarnation) {
    return request(new ShardRequest.Open(incarnation, false, List.of()));
  }

  long request(ShardRequest request) {
    machine.on(new ShardInput.Requested(request, ++lastReplyTo), 0, this);
    return lastReplyTo;
  }

  /** Asks for an epoch in the name of the run and activation that own the shard. */
  long run(long epoch, long attempt, String... events) {
    return run(fence(epoch, attempt), events);
  }

  Fence fence(long epoch, long attempt) {
    return new Fence(machine.ledger().incarnation(), machine.ledger().owner(), epoch, attempt);
  }

  /** Asks for an epoch whose events are written "key:event". */
  long run(Fence fence, String... events) {
    ShardEvents input = new ShardEvents(false);
    for (int offset = 0; offset < events.length; offset++) {
      String[] parts = events[offset].split(":", 2);
      input.add(key(parts[0]), parts[0], parts[1], 0, offset, null);
    }
    EpochTimes clocks =
        new EpochTimes(fence.epoch(), fence.epoch() * 100, Watermark.NONE, Watermark.NONE);
    ShardRequest.RunEpoch request =
        new ShardRequest.RunEpoch(fence, clocks, List.of(RANGE), asksForResult);
    EpochInput with = new EpochInput(input, InitialGroups.NONE);
    machine.on(new ShardInput.RunRequested(request, with, ++lastReplyTo), 0, this);
    return lastReplyTo;
  }

  /** Makes the calls that are waiting. */
  void called() {
    List<CallResult> results = new ArrayList<>();
    for (EpochCall call : calls) {
      CallResult result = result(call);
      results.add(result);
      if (call.isForResult() && result instanceof CallResult.Returned returned) {
        held += returned.outcome().rows().size();
        mostHeld = Math.max(mostHeld, held);
      }
    }
    calls = List.of();
    machine.on(new ShardInput.Called(results), 0, this);
  }

  private CallResult result(EpochCall call) {
    EpochTimes clocks = Objects.requireNonNull(times, "times");
    try {
      return new CallResult.Returned(call, call.run(new GroupStep<>(operator), null, clocks));
    } catch (Exception e) {
      return new CallResult.Threw(call, e);
    }
  }

  /** Acknowledges the write that is under way. */
  void journaled() {
    journal.addAll(writing);
    writing = List.of();
    machine.on(new ShardInput.Journaled(journal.size()), 0, this);
  }

  void callDue(long epoch) {
    machine.on(new ShardInput.CallDue(epoch), 0, this);
  }

  void snapshotDue() {
    machine.on(ShardInput.SnapshotDue.INSTANCE, 0, this);
  }

  /** Runs an epoch from its request to its answer. */
  void runAll(long epoch, String... events) {
    run(epoch, 1, events);
    finish();
  }

  /** Calls, writes and asks for pages until the running epoch is answered. */
  void finish() {
    while (proceed()) {
      if (machine.state() == ShardState.PAGING) {
        nextPage();
      }
    }
  }

  /** Calls and writes until a page is sent, or the running epoch is answered. */
  boolean proceed() {
    while (machine.state() == ShardState.CALLING || machine.state() == ShardState.WRITING) {
      if (machine.state() == ShardState.CALLING) {
        called();
      } else {
        journaled();
      }
    }
    return machine.state() == ShardState.PAGING;
  }

  /** Asks for the page after the last one. */
  long nextPage() {
    ShardReply.Page last = (ShardReply.Page) lastReply();
    return nextPage(last.fence(), last.number() + 1);
  }

  long nextPage(Fence fence, int number) {
    return request(new ShardRequest.NextPage(fence, number));
  }

  ShardReply lastReply() {
    return replies.get(replies.size() - 1);
  }

  ShardReply.Done done() {
    return (ShardReply.Done) lastReply();
  }

  String failure() {
    return ((ShardReply.Failed) lastReply()).failure().message();
  }

  List<Object> rows() {
    return Objects.requireNonNull(output, "output").rows();
  }

  @Override
  public void persist(List<ShardRecord> records) {
    effects.add("persist");
    writing = records;
  }

  @Override
  public void call(List<EpochCall> toCall, EpochTimes clocks) {
    effects.add("call");
    calls = toCall;
    times = clocks;
  }

  @Override
  public void callLater(long epoch, int count, Duration after) {
    effects.add("callLater");
    delay = after;
  }

  @Override
  public void answer(long replyTo, ShardReply reply) {
    told("answer", replyTo, reply);
  }

  @Override
  public void page(long replyTo, ShardReply.Page reply, List<Object> rows) {
    told("page", replyTo, reply);
    if (reply.number() == 0) {
      pages.clear();
    }
    if (reply.number() < pages.size()) {
      // Sent again.
      pages.set(reply.number(), rows);
    } else {
      pages.add(rows);
      held -= rows.size();
    }
  }

  @Override
  public void done(long replyTo, ShardReply.Done reply, EpochOutput with) {
    told("done", replyTo, reply);
    output = with;
  }

  @Override
  public void failed(long replyTo, ShardReply.Failed reply, @Nullable Throwable why) {
    told("failed", replyTo, reply);
    cause = why;
  }

  private void told(String effect, long replyTo, ShardReply reply) {
    effects.add(effect);
    answered.add(replyTo);
    replies.add(reply);
  }

  @Override
  public void ignored(long replyTo) {
    effects.add("ignored");
    answered.add(replyTo);
  }

  @Override
  public void epochEnded() {
    effects.add("epochEnded");
  }

  @Override
  public void continueSnapshot() {
    effects.add("continueSnapshot");
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    effects.add("markSnapshot");
    mark = beginsAfter;
    deletable = before;
  }
}
