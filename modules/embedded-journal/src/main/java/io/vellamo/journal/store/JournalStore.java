package io.vellamo.journal.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Durable log of events per persistence id, with the snapshots that belong to them.
 *
 * <p>Every persistence id has its own sequence of events, numbered by the caller in ascending
 * order. Gaps are allowed. The highest sequence number ever written is remembered for good, also
 * after all events of the id were deleted.
 *
 * <p><b>Order</b> changes (append, delete, save) take effect in the order in which they were handed
 * over, whatever their persistence ids. A change is visible to all reads that start after its stage
 * has completed.
 *
 * <p><b>Threading</b> safe to share. Changes never block the caller. Their stages are completed on
 * the store's own writer thread, so what depends on them must be short and must not block. Reads
 * are done on the calling thread and wait for the disk.
 *
 * <p><b>Failure</b> a change whose stage completes normally is durable as far as the store was told
 * to sync. Every failure is a {@link JournalStoreException}. {@link SequenceConflictException}, or
 * that what is stored of its persistence id cannot be read, concerns one change only. After any
 * other failed change nobody knows what the disk holds, so everything that was under way with it
 * fails too, and the next change, or question for a highest sequence number, has the store opened
 * again first: that reads back what is there and makes it durable. Of a change that failed, all or
 * nothing is there then. While opening fails, changes are answered with {@link
 * WritesRefusedException}, and each tries again; reads go on to see what was acknowledged as long
 * as the disk has no room, and else fail.
 *
 * @since 0.1
 */
public interface JournalStore extends AutoCloseable {

  /**
   * Appends events to the log of one persistence id: all of them or none.
   *
   * <p><b>Failure</b> {@link SequenceConflictException} if the first sequence number is not higher
   * than the highest one known, as an event that was acknowledged is never overwritten. An append
   * that is handed over before the one before it is acknowledged can be made although that one
   * fails, which leaves a gap; what must not have one is handed over as one append.
   *
   * @param persistenceId whose log grows
   * @param events the events in strictly ascending order of their sequence numbers, at least one
   * @return a stage that completes when the events are durable
   * @throws IllegalArgumentException if there are no events or they are not in ascending order
   */
  CompletionStage<Void> append(String persistenceId, List<StoredEvent> events);

  /**
   * Deletes the events of one persistence id up to a sequence number.
   *
   * @param persistenceId whose events are deleted; one that is not known is no error
   * @param toSequenceNr the last sequence number to delete, included; {@link Long#MAX_VALUE} for
   *     all
   * @return a stage that completes when the deletion is durable
   */
  CompletionStage<Void> deleteTo(String persistenceId, long toSequenceNr);

  /**
   * Returns the highest sequence number ever appended for a persistence id.
   *
   * <p><b>Order</b> waits for all changes handed over before, so a number that is being written is
   * never given out again.
   *
   * @param persistenceId whose sequence is asked for
   * @return a stage with the number, 0 if nothing was ever appended
   */
  CompletionStage<Long> highestSequenceNr(String persistenceId);

  /**
   * Reads the events of one persistence id in ascending order.
   *
   * <p><b>Order</b> the events seen are those of one moment, after the call began.
   *
   * <p><b>Threading</b> blocks. The visitor is called on the calling thread and must not close the
   * store.
   *
   * <p><b>Failure</b> {@link DamagedRecordException} at the first event that cannot be trusted or
   * that must be there and is not. What the visitor throws ends the read and is passed on.
   *
   * @param persistenceId whose events are read; one that is not known has none
   * @param fromSequenceNr the first sequence number, included
   * @param toSequenceNr the last sequence number, included
   * @param visitor takes an event, and returns whether to go on
   */
  void read(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      Predicate<? super StoredEvent> visitor);

  /**
   * Returns persistence ids that ever had an event or a snapshot, in the order of their UTF-8 form.
   *
   * <p><b>Threading</b> blocks.
   *
   * @param after only ids behind this one; the empty string to begin
   * @param limit how many at most, positive
   * @return the ids, empty at the end
   */
  List<String> persistenceIds(String after, int limit);

  /**
   * Saves a snapshot in place of an earlier one with the same sequence number.
   *
   * @param persistenceId whose snapshot it is
   * @param snapshot the snapshot
   * @return a stage that completes when the snapshot is durable
   */
  CompletionStage<Void> saveSnapshot(String persistenceId, StoredSnapshot snapshot);

  /**
   * Returns the snapshot with the highest sequence number among those in a range.
   *
   * <p><b>Threading</b> blocks.
   *
   * <p><b>Failure</b> {@link DamagedRecordException} if that snapshot cannot be trusted; an older
   * one is not taken for it.
   *
   * @param persistenceId whose snapshot is wanted
   * @param range which snapshots to look at
   * @return the snapshot, empty if there is none in the range
   */
  Optional<StoredSnapshot> newestSnapshot(String persistenceId, SnapshotRange range);

  /**
   * Deletes all snapshots in a range.
   *
   * @param persistenceId whose snapshots are deleted; one that is not known is no error
   * @param range which snapshots to delete
   * @return a stage that completes when the deletion is durable
   */
  CompletionStage<Void> deleteSnapshots(String persistenceId, SnapshotRange range);

  /**
   * Calls back whenever events of a persistence id became visible.
   *
   * <p><b>Order</b> an event is either seen by a read that starts after this method returned, or
   * announced, or both. One call can stand for many events.
   *
   * <p><b>Threading</b> the listener is called on the writer thread and must not block.
   *
   * <p><b>Failure</b> the listener must not throw.
   *
   * @param persistenceId whose events are announced
   * @param listener is called after each commit that has such events
   * @return what ends the calls
   */
  Subscription onAppend(String persistenceId, Runnable listener);

  /**
   * Closes the store and gives its directory free.
   *
   * <p><b>Order</b> changes handed over before are still made, later ones are refused. Reads under
   * way end with a {@link JournalStoreException}. Closing again does nothing.
   */
  @Override
  void close();

  /** A registered listener. */
  interface Subscription extends AutoCloseable {

    /** Ends the calls; one that is under way may still finish. */
    @Override
    void close();
  }
}
