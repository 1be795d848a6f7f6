package io.vellamo.engine.local;

import io.vellamo.api.source.OffsetRange;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.journal.JournalLimits;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.protocol.EpochInput;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.protocol.shard.ShardEffects;
import io.vellamo.engine.protocol.shard.ShardInput;
import io.vellamo.engine.protocol.shard.ShardMachine;
import io.vellamo.engine.protocol.shard.ShardSpec;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.SnapshotPart;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shard that runs epochs on the calling thread, for one run that asks for each epoch once: it
 * writes no journal, and keeps no state of a group as an object.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Failure</b> After an {@link InterruptedException} or an unchecked exception out of {@link
 * #run} it must be discarded.
 */
public final class DirectShard {
  /** Limits of a journal that is not written: no snapshots, no splitting, no recorded events. */
  public static final JournalLimits NO_JOURNAL =
      new JournalLimits(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false);

  private static final long INCARNATION = 1;

  /** Makes the calls of groups, or replaces them. */
  public interface Calls {
    /**
     * Returns the result of a call.
     *
     * @param function calls the user's function; throws only errors of the virtual machine
     */
    CallResult call(EpochCall call, Supplier<CallResult> function) throws InterruptedException;

    /** Waits before calls that threw are made again. */
    void pause(Duration delay) throws InterruptedException;
  }

  /**
   * An epoch that was run.
   *
   * @param reply the numbers
   * @param output the rows and dead letters
   */
  public record Ran(ShardReply.Done reply, EpochOutput output) {}

  /** An epoch that the shard could not run; it holds nothing of it. */
  public static final class FailedEpoch extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ShardFailure failure;

    private FailedEpoch(ShardFailure failure, @Nullable Throwable cause) {
      super(failure.message(), cause);
      this.failure = failure;
    }

    /** Returns why; the exception behind it is the cause. */
    public ShardFailure failure() {
      return failure;
    }
  }

  /** What follows an effect, once the machine has returned. */
  private interface Next {
    ShardInput happen() throws InterruptedException;
  }

  private final Calls calls;
  private final GroupStep<?, ?, ?, ?> step;
  private final ShardMachine machine;
  private final Effects effects = new Effects();
  private long lastSequenceNr;

  // Set by an effect, for the loop that gave the input.
  private @Nullable Next next;
  private @Nullable Ran ran;
  private @Nullable FailedEpoch failed;

  private DirectShard(ShardSpec spec, Calls calls) {
    this.calls = calls;
    this.step = new GroupStep<>(spec.operator());
    this.machine = new ShardMachine(spec);
  }

  /**
   * Returns a shard that may run any epoch.
   *
   * @param spec the shard; its limits should be {@link #NO_JOURNAL}
   * @param groups the groups that it begins with
   */
  public static DirectShard open(ShardSpec spec, SnapshotPart groups, Calls calls)
      throws InterruptedException {
    DirectShard shard = new DirectShard(spec, calls);
    shard.machine.recover(new ShardSnapshotPart(0, groups));
    shard.on(new ShardInput.Recovered(0));
    shard.on(new ShardInput.Requested(new ShardRequest.Open(INCARNATION, false, List.of()), 0));
    return shard;
  }

  /**
   * Runs an epoch.
   *
   * @param times its clocks; its number is greater than that of the preceding one
   * @param ranges the ranges that it reads
   * @throws FailedEpoch if a function throws and the error policy ends the epoch
   */
  public Ran run(EpochTimes times, List<OffsetRange> ranges, EpochInput input)
      throws InterruptedException, FailedEpoch {
    Fence fence = new Fence(INCARNATION, machine.ledger().owner(), times.epoch(), 1);
    ran = null;
    failed = null;
    ShardRequest.RunEpoch request = new ShardRequest.RunEpoch(fence, times, ranges, false);
    on(new ShardInput.RunRequested(request, input, 0));
    if (failed != null) {
      throw failed;
    }
    return Objects.requireNonNull(ran, "ran");
  }

  /** Returns the groups; must not be changed. */
  public ShardLedger ledger() {
    return machine.ledger();
  }

  private void on(ShardInput first) throws InterruptedException {
    ShardInput input = first;
    while (input != null) {
      machine.on(input, 0, effects);
      Next following = next;
      next = null;
      input = following == null ? null : following.happen();
    }
  }

  private ShardInput called(List<EpochCall> all, EpochTimes times) throws InterruptedException {
    List<CallResult> results = new ArrayList<>(all.size());
    for (EpochCall call : all) {
      results.add(calls.call(call, () -> called(call, times)));
    }
    return new ShardInput.Called(results);
  }

  private CallResult called(EpochCall call, EpochTimes times) {
    try {
      return new CallResult.Returned(call, call.run(step, null, times));
    } catch (Exception | Error e) {
      return new CallResult.Threw(call, e);
    }
  }

  /** The effects, of which at most one for each input is followed by another input. */
  private final class Effects implements ShardEffects {
    @Override
    public void persist(List<ShardRecord> records) {
      lastSequenceNr += records.size();
      next = () -> new ShardInput.Journaled(lastSequenceNr);
    }

    @Override
    public void call(List<EpochCall> all, EpochTimes times) {
      next = () -> called(all, times);
    }

    @Override
    public void callLater(long epoch, int count, Duration delay) {
      next =
          () -> {
            calls.pause(delay);
            return new ShardInput.CallDue(epoch);
          };
    }

    @Override
    public void page(long replyTo, ShardReply.Page reply, List<Object> rows) {
      throw new AssertionError("a shard that is not asked for the whole result sends no page");
    }

    @Override
    public void done(long replyTo, ShardReply.Done reply, EpochOutput output) {
      ran = new Ran(reply, output);
    }

    @Override
    public void failed(long replyTo, ShardReply.Failed reply, @Nullable Throwable cause) {
      failed = new FailedEpoch(reply.failure(), cause);
    }

    @Override
    public void answer(long replyTo, ShardReply reply) {
      if (!(reply instanceof ShardReply.Opened)) {
        throw new AssertionError("a shard that asks nothing else can't answer " + reply);
      }
    }

    @Override
    public void ignored(long replyTo) {
      throw new AssertionError("a request that is made once must be answered");
    }

    @Override
    public void epochEnded() {}

    @Override
    public void continueSnapshot() {
      throw new AssertionError("limits must be NO_JOURNAL");
    }

    @Override
    public void markSnapshot(long beginsAfter, long before) {}
  }
}
