package io.vellamo.engine.local;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.StepOutcome;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.local.PendingEffect.Kind;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.protocol.shard.ShardEffects;
import io.vellamo.engine.protocol.shard.ShardInput;
import io.vellamo.engine.protocol.shard.ShardMachine;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An activation of a shard, from its recovery until it is lost.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Failure</b> A failed write, or a journal that can't be read, ends the activation.
 * Exceptions of the machine are rethrown.
 */
public final class LocalShard implements ShardEffects {
  /** The sender of a request. */
  public interface Sender {
    /**
     * Takes the reply.
     *
     * @param output what belongs to a {@link ShardReply.Done} or {@link ShardReply.Page}; null for
     *     other replies
     * @param cause the exception behind a failure; null if there is none
     */
    void replied(ShardReply reply, @Nullable EpochOutput output, @Nullable Throwable cause);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Live(long epoch, @Nullable Object state) {}

  private final ShardSpec spec;
  private final String log;
  private final String name;
  private final LocalJournal journal;
  private final EffectQueue queue;
  private final EffectFilter filter;
  private final Consumer<Throwable> onLost;
  private final ShardMachine machine;
  private final ShardEffects effects;
  private final GroupStep<?, ?, ?, ?> step;
  private final Map<GroupKey, Live> live = new HashMap<>();
  private final Map<Long, Sender> senders = new HashMap<>();
  // Until the recovery has ended.
  private @Nullable List<ShardInput> waiting = new ArrayList<>();
  private long lastSequenceNr;
  private long lastRequest;
  private boolean isEnded;

  /**
   * Creates an activation that has not begun to recover.
   *
   * @param name the name of the activation, for messages
   * @param log the name of its journal
   * @param filter replaces the effects that the machine uses and the inputs that it gets
   * @param onLost is told when the activation ends by itself
   */
  LocalShard(
      ShardSpec spec,
      String name,
      String log,
      LocalJournal journal,
      EffectQueue queue,
      EffectFilter filter,
      Consumer<Throwable> onLost) {
    this.spec = spec;
    this.name = name;
    this.log = log;
    this.journal = journal;
    this.queue = queue;
    this.filter = filter;
    this.onLost = onLost;
    this.machine = new ShardMachine(spec);
    this.effects = filter.ofShard(this, this);
    this.step = new GroupStep<>(spec.operator());
  }

  /** Begins to recover. */
  public void start() {
    queue.add(
        PendingEffect.of(
            Kind.RECOVER, name + " recovers", () -> journal.read(log), this::recovered, this::end));
  }

  private void recovered(LocalJournal.Recovery recovery) {
    if (isEnded) {
      return;
    }
    recovery.records().forEach(record -> machine.recover((ShardRecord) record));
    lastSequenceNr = recovery.lastSequenceNr();
    List<ShardInput> kept = waiting == null ? List.of() : waiting;
    waiting = null;
    on(new ShardInput.Recovered(lastSequenceNr));
    kept.forEach(this::on);
  }

  /** Delivers a request. Requests that arrive before the end of the recovery wait for it. */
  public void request(ShardRequest request, @Nullable EpochInput input, Sender sender) {
    long id = ++lastRequest;
    senders.put(id, sender);
    ShardInput arrived =
        request instanceof ShardRequest.RunEpoch run && input != null
            ? new ShardInput.RunRequested(run, input, id)
            : new ShardInput.Requested(request, id);
    if (waiting != null) {
      waiting.add(arrived);
    } else {
      on(arrived);
    }
  }

  private void on(ShardInput input) {
    if (!isEnded) {
      machine.on(filter.input(this, input), 0, effects);
    }
  }

  /** Ends the activation, without a report. Pending effects may still be carried out. */
  public void end() {
    isEnded = true;
  }

  private void end(Throwable cause) {
    if (!isEnded) {
      isEnded = true;
      onLost.accept(cause);
    }
  }

  /** Returns whether the activation has ended. */
  public boolean isEnded() {
    return isEnded;
  }

  /** Returns whether a message to or from this activation, sent before it ended, is lost. */
  boolean losesMessage() {
    return isEnded && filter.isLost(this);
  }

  /** Returns the shard as its journal holds it; must not be changed. */
  public ShardLedger ledger() {
    return machine.ledger();
  }

  /** Returns the number of the shard among all shards of the query. */
  public int index() {
    return spec.index();
  }

  /** Returns the name of its journal. */
  public String log() {
    return log;
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void persist(List<ShardRecord> records) {
    queue.add(
        PendingEffect.of(
            Kind.PERSIST,
            "%s writes %s".formatted(name, RecordText.of(records)),
            () -> journal.append(log, lastSequenceNr, name, records),
            this::journaled,
            this::end));
  }

  private void journaled(long last) {
    lastSequenceNr = last;
    on(new ShardInput.Journaled(last));
  }

  @Override
  public void call(List<EpochCall> calls, EpochTimes times) {
    queue.add(
        PendingEffect.of(
            Kind.CALL,
            "%s calls %d groups for epoch %d".formatted(name, calls.size(), times.epoch()),
            () -> calls.stream().map(call -> call(call, times)).toList(),
            results -> on(new ShardInput.Called(results)),
            this::end));
  }

  private CallResult call(EpochCall call, EpochTimes times) {
    GroupEntry entry = call.entry();
    Live kept = live.remove(call.key());
    Object known = kept != null && kept.epoch == entry.stateEpoch() ? kept.state : null;
    try {
      StepOutcome outcome = call.run(step, known, times);
      long epoch = outcome.change().stateEpochAfter(entry, times.epoch());
      if (epoch != GroupEntry.NO_EPOCH) {
        live.put(call.key(), new Live(epoch, outcome.live()));
      }
      return new CallResult.Returned(call, outcome);
    } catch (Exception | Error e) {
      return new CallResult.Threw(call, e);
    }
  }

  @Override
  public void callLater(long epoch, int calls, Duration delay) {
    queue.addAfter(
        delay.toMillis(),
        PendingEffect.report(
            Kind.TURN,
            "%s calls %d groups again for epoch %d".formatted(name, calls, epoch),
            () -> on(new ShardInput.CallDue(epoch))));
  }

  @Override
  public void answer(long replyTo, ShardReply reply) {
    reply(replyTo, reply, null, null);
  }

  @Override
  public void page(long replyTo, ShardReply.Page reply, List<Object> rows) {
    reply(replyTo, reply, new EpochOutput(rows, List.of()), null);
  }

  @Override
  public void done(long replyTo, ShardReply.Done reply, EpochOutput output) {
    reply(replyTo, reply, output, null);
  }

  @Override
  public void failed(long replyTo, ShardReply.Failed reply, @Nullable Throwable cause) {
    reply(replyTo, reply, null, cause);
  }

  private void reply(
      long replyTo, ShardReply reply, @Nullable EpochOutput output, @Nullable Throwable cause) {
    Sender sender = senders.remove(replyTo);
    if (sender == null) {
      throw new AssertionError(
          "%s must answer each request once, answered [%s]".formatted(name, reply));
    }
    queue.add(
        PendingEffect.message(
            name + " answers",
            "%s answers %s".formatted(name, RecordText.of(reply)),
            () -> {
              if (!losesMessage()) {
                sender.replied(filter.reply(this, reply), output, cause);
              }
            }));
  }

  @Override
  public void ignored(long replyTo) {
    senders.remove(replyTo);
  }

  @Override
  public void epochEnded() {}

  @Override
  public void continueSnapshot() {
    queue.add(
        PendingEffect.report(
            Kind.TURN,
            name + " continues its snapshot",
            () -> on(ShardInput.SnapshotDue.INSTANCE)));
  }

  @Override
  public void markSnapshot(long beginsAfter, long before) {
    queue.add(
        PendingEffect.of(
            Kind.MARK,
            "%s marks that a recovery begins after record %d".formatted(name, beginsAfter),
            () -> {
              journal.mark(log, beginsAfter, before);
              return beginsAfter;
            },
            stored -> {},
            failure -> {}));
  }
}
