package io.vellamo.journal.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * A durable store with one log of events per persistence id, and its snapshots.
 *
 * <p>Every persistence id has its own sequence of events, numbered by the caller in ascending
 * order. Gaps are allowed. The highest sequence number ever written is kept permanently, even after
 * all events of the id are deleted.
 *
 * <p><b>Order</b> changes (append, delete, save) take effect in the order of their calls, across
 * all persistence ids. A change is visible to all reads that start after its stage has completed.
 *
 * <p><b>Threading</b> safe to share. Changes never block the caller. Their stages are completed on
 * the store's writer thread, so dependent actions must be short and must not block. Reads run on
 * the calling thread and wait for the disk.
 *
 * <p><b>Failure</b> a change whose stage completes normally is durable to the extent that syncing
 * is enabled. Every failure is a {@link JournalStoreException}. A {@link
 * SequenceConflictException}, or a failure to read the stored data of its persistence id, affects
 * one change only. After any other failure the content of the disk is unknown: all pending changes
 * fail too, and the next change, or request for a highest sequence number, first reopens the store,
 * which reads back what the disk holds and makes it durable. A failed change is then either
 * completely present or absent. While reopening fails, changes fail with {@link
 * WritesRefusedException}, and each one retries. While it fails for lack of disk space, reads
 * continue to return acknowledged data; otherwise they can fail.
 *
 * @since 0.1
 */
public interface JournalStore extends AutoCloseable {

  /**
   * Appends events to the log of one persistence id atomically.
   *
   * <p><b>Failure</b> {@link SequenceConflictException} if the first sequence number is not higher
   * than the highest one known, since acknowledged events are never overwritten. An append
   * submitted before the preceding one is acknowledged can succeed although that one fails, which
   * leaves a gap; events that must not be separated by a gap belong in one append.
   *
   * @param persistenceId the persistence id of the log
   * @param events the events in strictly ascending order of their sequence numbers, at least one
   * @return a stage that completes when the events are durable
   * @throws IllegalArgumentException if there are no events or they are not in ascending order
   */
  CompletionStage<Void> append(String persistenceId, List<StoredEvent> events);

  /**
   * Deletes the events of one persistence id up to a sequence number.
   *
   * @param persistenceId the persistence id of the events; an unknown id is not an error
   * @param toSequenceNr the last sequence number to delete, included; {@link Long#MAX_VALUE} for
   *     all
   * @return a stage that completes when the deletion is durable
   */
  CompletionStage<Void> deleteTo(String persistenceId, long toSequenceNr);

  /**
   * Returns the highest sequence number ever appended for a persistence id.
   *
   * <p><b>Order</b> waits for all changes submitted before, so a number that is being written is
   * never assigned again.
   *
   * @param persistenceId the persistence id of the log
   * @return a stage with the number, 0 if nothing was ever appended
   */
  CompletionStage<Long> highestSequenceNr(String persistenceId);

  /**
   * Reads the events of one persistence id in ascending order.
   *
   * <p><b>Order</b> the events are those of one moment after the start of the call.
   *
   * <p><b>Threading</b> blocks. The visitor is called on the calling thread and must not close the
   * store.
   *
   * <p><b>Failure</b> {@link DamagedRecordException} at the first event that is damaged or missing.
   * An exception thrown by the visitor ends the read and is propagated.
   *
   * @param persistenceId the persistence id of the events; an unknown id has none
   * @param fromSequenceNr the first sequence number, included
   * @param toSequenceNr the last sequence number, included
   * @param visitor takes an event, and returns whether to continue
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
   * @param after only ids after this one are returned; the empty string to start
   * @param limit the maximum number of ids, positive
   * @return the ids, empty at the end
   */
  List<String> persistenceIds(String after, int limit);

  /**
   * Saves a snapshot; it replaces an earlier one with the same sequence number.
   *
   * @param persistenceId the persistence id of the snapshot
   * @param snapshot the snapshot
   * @return a stage that completes when the snapshot is durable
   */
  CompletionStage<Void> saveSnapshot(String persistenceId, StoredSnapshot snapshot);

  /**
   * Returns the snapshot with the highest sequence number among those in a range.
   *
   * <p><b>Threading</b> blocks.
   *
   * <p><b>Failure</b> {@link DamagedRecordException} if that snapshot is damaged; an older one is
   * not returned instead.
   *
   * @param persistenceId the persistence id of the snapshot
   * @param range the range to search
   * @return the snapshot, empty if there is none in the range
   */
  Optional<StoredSnapshot> newestSnapshot(String persistenceId, SnapshotRange range);

  /**
   * Deletes all snapshots in a range.
   *
   * @param persistenceId the persistence id of the snapshots; an unknown id is not an error
   * @param range the range to delete
   * @return a stage that completes when the deletion is durable
   */
  CompletionStage<Void> deleteSnapshots(String persistenceId, SnapshotRange range);

  /**
   * Registers a listener that is called whenever events of a persistence id become visible.
   *
   * <p><b>Order</b> an event is either seen by a read that starts after this method returned, or
   * announced, or both. One call can announce many events.
   *
   * <p><b>Threading</b> the listener is called on the writer thread and must not block.
   *
   * <p><b>Failure</b> the listener must not throw.
   *
   * @param persistenceId the persistence id of the events
   * @param listener called after each commit with such events
   * @return the registration, which ends the calls when closed
   */
  Subscription onAppend(String persistenceId, Runnable listener);

  /**
   * Closes the store and releases its directory.
   *
   * <p><b>Order</b> changes submitted before are committed, later ones are refused. Reads in
   * progress end with a {@link JournalStoreException}. Closing again has no effect.
   */
  @Override
  void close();

  /** A registered listener. */
  interface Subscription extends AutoCloseable {

    /** Ends the calls; a call in progress may still finish. */
    @Override
    void close();
  }
}
