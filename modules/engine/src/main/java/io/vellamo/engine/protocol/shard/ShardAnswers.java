package io.vellamo.engine.protocol.shard;

import io.vellamo.api.SerializationException;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.engine.group.TimedRow;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.EpochOutput.InPages;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardFailure;
import io.vellamo.engine.protocol.ShardFailure.EventPosition;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import io.vellamo.engine.protocol.ShardSize;
import io.vellamo.engine.protocol.ShardWork;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.shard.NextDue;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardDigest;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.shard.UnreadableStates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The replies of a shard, as effects. */
final class ShardAnswers {
  private final ShardSpec spec;
  private final ShardLedger ledger;
  private final DeadLetterForms deadLetters;
  // Of an operator that emits the whole result, while its answer may be requested again.
  private @Nullable LastAnswer last;
  // The last epoch that this activation has run and that the ledger does not hold; 0 if none.
  private long unchangedEpoch;
  // Whether a request was for an activation that has claimed the shard after this one.
  private boolean isOvertaken;

  ShardAnswers(ShardSpec spec, ShardLedger ledger) {
    this.spec = spec;
    this.ledger = ledger;
    this.deadLetters = new DeadLetterForms(spec);
  }

  /** Answers that this activation owns the shard, or that a state can't be read. */
  void opened(ShardRequest.Open open, long replyTo, ShardEffects effects) {
    spec.operator().stateCodec().layouts().add(open.layouts());
    UnreadableStates unreadable =
        open.readStates() ? UnreadableStates.find(ledger, spec.operator()) : null;
    if (unreadable != null) {
      String message =
          "shard [%d] can't go on: %s"
              .formatted(spec.index(), unreadable.message(spec.operator().keyCodec()));
      failed(replyTo, null, ShardFailure.of(message), unreadable.failure(), effects);
      return;
    }
    effects.answer(
        replyTo,
        new ShardReply.Opened(
            spec.index(), ledger.incarnation(), ledger.owner(), nextDue(), ShardSize.of(ledger)));
  }

  /** Returns the next due times, as times of the query's watermark. */
  private NextDue nextDue() {
    return ledger.nextDue().heldBackBy(spec.operator().heldBackMillis());
  }

  /**
   * Returns whether the shard has run an epoch already. One that changed nothing counts: if it were
   * run again for a request that arrives twice, the shard would not be idle when the query asks for
   * the next one.
   */
  boolean isKnown(Fence fence) {
    return fence.epoch() == ledger.lastEpoch() || fence.epoch() == unchangedEpoch;
  }

  /**
   * Answers with an epoch that the shard has run already; returns false if it has not, or if groups
   * have to be called for the whole result.
   */
  boolean fromMemory(ShardInput.RunRequested run, ShardEffects effects) {
    Fence fence = run.request().fence();
    boolean answers = isKnown(fence) && !emitsWholeResult();
    if (answers) {
      fromMemory(fence, run.replyTo(), null, effects);
    }
    return answers;
  }

  /** Returns whether the operator emits the whole result, which its groups are called for. */
  boolean emitsWholeResult() {
    return spec.operator().calls().emitsWholeResult();
  }

  private LastAnswer fromMemory(
      Fence fence, long replyTo, @Nullable InPages sent, ShardEffects effects) {
    boolean isHeld = fence.epoch() == ledger.lastEpoch();
    ShardDeadLetters letters = ledger.lastDeadLetters();
    EpochOutput output =
        new EpochOutput(
            isHeld && sent == null ? lastRows() : List.of(),
            isHeld ? deadLetters.of(letters) : List.of(),
            sent);
    ShardReply.Done reply =
        done(fence, output, isHeld ? letters.eventsOfEpoch() : 0, 0, 0, ShardWork.NONE);
    effects.done(replyTo, reply, output);
    return LastAnswer.done(reply, output);
  }

  /** Answers with the next page of the whole result. */
  void page(ShardEpoch epoch, ShardEffects effects) {
    int number = epoch.result().pages();
    ShardReply.Page reply = new ShardReply.Page(spec.index(), epoch.fence(), number);
    List<Object> rows = epoch.result().next();
    last = LastAnswer.page(reply, rows);
    effects.page(epoch.replyTo(), reply, rows);
  }

  /**
   * Gives the last answer with the whole result, or a page of it, again; returns false if another
   * one was requested.
   *
   * @param number the number of the requested page; 0 for the request to run the epoch
   */
  boolean again(Fence fence, int number, long replyTo, ShardEffects effects) {
    LastAnswer known = last;
    boolean isLast = known != null && known.isTo(fence, number);
    if (known != null && isLast) {
      known.give(replyTo, effects);
    }
    return isLast;
  }

  /** Forgets the last answer with the whole result, as nobody will request it again. */
  void forgetLast() {
    last = null;
  }

  /**
   * Answers a request that changes nothing.
   *
   * @throws AssertionError if the request is of another kind
   */
  void fromLedger(ShardRequest request, long replyTo, ShardEffects effects) {
    if (request instanceof ShardRequest.SendRows send) {
      rowsAgain(send.fence(), replyTo, effects);
    } else if (request instanceof ShardRequest.ListParked list) {
      parked(list.fence(), replyTo, effects);
    } else if (request instanceof ShardRequest.ReadGroups read) {
      groupsRead(read, replyTo, effects);
    } else if (request instanceof ShardRequest.Digest digest) {
      digested(digest.id(), replyTo, effects);
    } else {
      throw new AssertionError("unhandled " + request.getClass());
    }
  }

  /**
   * Answers with the rows of an epoch that the query has committed. A shard that had no part in it
   * has none; nor has one that has gone on, since all writers had committed the epoch by then.
   */
  private void rowsAgain(Fence fence, long replyTo, ShardEffects effects) {
    fromMemory(fence, replyTo, null, effects);
  }

  /**
   * Refuses a request of an earlier run, or of another activation; returns whether it did.
   *
   * @param isOpened whether this activation has been opened
   */
  boolean isRefused(Fence fence, boolean isOpened, long replyTo, ShardEffects effects) {
    if (fence.incarnation() < ledger.incarnation()) {
      fenced(fence.incarnation(), fence, replyTo, effects);
      return true;
    }
    boolean isOwn = fence.incarnation() == ledger.incarnation() && fence.owner() == ledger.owner();
    isOvertaken |= fence.incarnation() == ledger.incarnation() && fence.owner() > ledger.owner();
    if (!isOpened || !isOwn) {
      effects.answer(replyTo, new ShardReply.NotOpened(spec.index(), fence));
      return true;
    }
    return false;
  }

  /**
   * Returns whether an activation that owns the shard need not claim it again for a run: the run
   * has opened it, and no later activation is known. If one is, the claim is refused by the
   * journal, which ends this one.
   */
  boolean isOpenedBy(long incarnation) {
    return incarnation == ledger.incarnation() && !isOvertaken;
  }

  private List<Object> lastRows() {
    List<Object> rows = new ArrayList<>(ledger.lastRows().size());
    for (StoredValue row : ledger.lastRows()) {
      Object read = spec.operator().rowCodec().read(row);
      rows.add(row.eventTime() == null ? read : new TimedRow(read, row.eventTime()));
    }
    return rows;
  }

  /** Answers with an epoch that was run; the ledger holds it, unless it changed nothing. */
  void done(ShardEpoch epoch, ShardEffects effects) {
    if (epoch.isFromMemory()) {
      keep(fromMemory(epoch.fence(), epoch.replyTo(), epoch.inPages(), effects));
      return;
    }
    if (epoch.fence().epoch() != ledger.lastEpoch()) {
      unchangedEpoch = epoch.fence().epoch();
    }
    ShardDeadLetters letters = epoch.deadLetters();
    EpochOutput output =
        new EpochOutput(
            epoch.steps().rows(),
            letters == null ? List.of() : deadLetters.of(letters),
            epoch.inPages());
    ShardReply.Done reply =
        done(
            epoch.fence(),
            output,
            letters == null ? 0 : letters.eventsOfEpoch(),
            epoch.steps().updated(),
            epoch.steps().removed(),
            epoch.meter().work());
    effects.done(epoch.replyTo(), reply, output);
    keep(LastAnswer.done(reply, output));
  }

  private void keep(LastAnswer answer) {
    // The rows of another operator are in the ledger.
    last = emitsWholeResult() ? answer : null;
  }

  private ShardReply.Done done(
      Fence fence,
      EpochOutput output,
      long deadLettered,
      long updated,
      long removed,
      ShardWork work) {
    InPages inPages = output.inPages();
    return new ShardReply.Done(
        spec.index(),
        fence,
        inPages == null ? output.rows().size() : inPages.changes(),
        deadLettered,
        nextDue(),
        ShardSize.of(ledger),
        updated,
        removed,
        work);
  }

  /** Answers that a call failed: the user's function threw, or a value can't be read or written. */
  void threw(ShardEpoch epoch, CallResult.Threw threw, ShardEffects effects) {
    GroupBatch<Object> batch = threw.call().batch();
    EventPosition position =
        batch == null || batch.size() == 0
            ? null
            : new EventPosition(batch.currentRange(), batch.currentOffset());
    Throwable cause = threw.cause();
    String key = Failures.text(spec.operator().keyCodec().read(threw.call().key()));
    boolean isUnwritable = cause instanceof SerializationException;
    String message =
        isUnwritable
            ? "group [%s] can't go on: %s".formatted(key, cause.getMessage())
            : "the function threw [%s] for group [%s]".formatted(cause.getClass().getName(), key);
    String details = isUnwritable ? "" : spec.failures().details(cause);
    ShardFailure failure = new ShardFailure(message + calledFor(threw.call()), position, details);
    failed(epoch.replyTo(), epoch.fence(), failure, cause, effects);
  }

  private String calledFor(EpochCall call) {
    if (call.isForResult()) {
      return ", called for its rows of the whole result";
    }
    if (call.initialRows() != null) {
      return ", called for its initial rows";
    }
    GroupBatch<Object> batch = call.batch();
    if (batch == null) {
      return spec.operator().variables() == null
          ? ", called for a timeout"
          : ", called for a timer";
    }
    return batch.size() == 0 ? ", called for its initial state" : "";
  }

  /** Refuses a run that a later one has replaced. */
  void fenced(long incarnation, @Nullable Fence fence, long replyTo, ShardEffects effects) {
    String message =
        "shard [%d] belongs to run [%d] of the query, run [%d] must not write to it any more; another start of the query has taken over"
            .formatted(spec.index(), ledger.incarnation(), incarnation);
    failed(replyTo, fence, ShardFailure.of(message), null, effects);
  }

  /** Answers that the shard is ahead of its query: their journals don't belong together. */
  void ahead(Fence fence, long replyTo, ShardEffects effects) {
    String message =
        "shard [%d] must not be ahead of its query, it holds epoch [%d] and was asked for [%d]; query and shards must use the same journal, restore them together"
            .formatted(spec.index(), ledger.lastEpoch(), fence.epoch());
    failed(replyTo, fence, ShardFailure.of(message), null, effects);
  }

  /** Refuses a request, as too many are waiting. */
  void full(ShardInput input, int waiting, ShardEffects effects) {
    String message =
        "shard [%d] must not be asked faster than it answers, [%d] requests wait; ask again once it has answered some"
            .formatted(spec.index(), waiting);
    ShardFailure failure = ShardFailure.of(message);
    if (input instanceof ShardInput.RunRequested run) {
      failed(run.replyTo(), run.request().fence(), failure, null, effects);
    } else {
      ShardInput.Requested requested = (ShardInput.Requested) input;
      failed(requested.replyTo(), requested.request().fence(), failure, null, effects);
    }
  }

  /** Answers with the parked groups. */
  private void parked(Fence fence, long replyTo, ShardEffects effects) {
    List<ParkedGroup> groups = ledger.parked().all().stream().map(spec::parked).toList();
    effects.answer(replyTo, new ShardReply.Parked(spec.index(), fence, groups));
  }

  /** Answers requests to parked groups; those to groups that are not parked were not written. */
  void parksRequested(Fence fence, List<Boolean> found, long replyTo, ShardEffects effects) {
    effects.answer(replyTo, new ShardReply.ParksRequested(spec.index(), fence, found, nextDue()));
  }

  /** Answers with groups, as they are in the ledger. */
  private void groupsRead(ShardRequest.ReadGroups request, long replyTo, ShardEffects effects) {
    List<ShardReply.GroupsRead.Found> found = new GroupReads(spec, ledger).of(request.reads());
    effects.answer(
        replyTo,
        new ShardReply.GroupsRead(spec.index(), request.fence(), ledger.lastEpoch(), found));
  }

  /** Answers with a digest. */
  private void digested(long id, long replyTo, ShardEffects effects) {
    effects.answer(replyTo, new ShardReply.Digested(spec.index(), id, ShardDigest.of(ledger)));
  }

  /** Answers that an event can't be kept. */
  void notKept(ShardEpoch epoch, ShardEpoch.NotKept notKept, ShardEffects effects) {
    ShardFailure failure = ShardFailure.of(notKept.cause().getMessage() + notKept.remedy());
    failed(epoch.replyTo(), epoch.fence(), failure, notKept.cause(), effects);
  }

  private void failed(
      long replyTo,
      @Nullable Fence fence,
      ShardFailure failure,
      @Nullable Throwable cause,
      ShardEffects effects) {
    effects.failed(replyTo, new ShardReply.Failed(spec.index(), fence, failure), cause);
  }
}
