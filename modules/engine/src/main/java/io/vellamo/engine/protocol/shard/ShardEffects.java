package io.vellamo.engine.protocol.shard;

import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.protocol.EpochOutput;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a shard wants to be done: a few effects an input, never one per event.
 *
 * <p>Each request ends with exactly one of {@link #answer}, {@link #page}, {@link #done}, {@link
 * #failed} and {@link #ignored}, unless the machine is discarded before.
 *
 * <p><b>Order</b> Carried out in the order in which they are told. An effect that results in an
 * input must not give it to the machine before {@link ShardMachine#on} has returned.
 */
public interface ShardEffects {
  /**
   * Writes records atomically, then gives {@link ShardInput.Journaled}. At most one write is under
   * way. If it fails, the machine must be discarded.
   */
  void persist(List<ShardRecord> records);

  /** Calls groups, in any order or concurrently, then gives {@link ShardInput.Called}. */
  void call(List<EpochCall> calls, EpochTimes times);

  /**
   * Gives {@link ShardInput.CallDue} after a delay, since calls threw and are to be made again.
   *
   * @param epoch the epoch's number
   * @param calls the number of calls
   * @param delay the delay
   */
  void callLater(long epoch, int calls, Duration delay);

  /** Answers a request. */
  void answer(long replyTo, ShardReply reply);

  /**
   * Answers a request to run an epoch, or for the next page, with a page, whose rows go with it.
   */
  void page(long replyTo, ShardReply.Page reply, List<Object> rows);

  /** Answers a request to run an epoch; the output goes with the reply. */
  void done(long replyTo, ShardReply.Done reply, EpochOutput output);

  /**
   * Answers a request that failed.
   *
   * @param cause the exception, which stays on the shard's side; null if there is none
   */
  void failed(long replyTo, ShardReply.Failed reply, @Nullable Throwable cause);

  /** Forgets a request that gets no answer: it is out of date, or another one has replaced it. */
  void ignored(long replyTo);

  /** Notes that the groups of an epoch have been called, and its changes, if any, applied. */
  void epochEnded();

  /**
   * Gives {@link ShardInput.SnapshotDue} once the inputs that have arrived so far have had their
   * turn, so that no request waits for a whole snapshot.
   */
  void continueSnapshot();

  /**
   * Stores the place where a recovery may begin from now on. The records before the preceding
   * snapshot may then be deleted: an activation that this one has replaced may still be reading
   * those behind it.
   *
   * @param beginsAfter the record after which it begins
   * @param before the record after which a recovery could begin so far; 0 if none may be deleted
   */
  void markSnapshot(long beginsAfter, long before);
}
