package io.vellamo.journal.store;

import io.vellamo.journal.store.RocksFiles.Family;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A writer that turns the changes of one commit into a synced write to RocksDB.
 *
 * <p><b>Threading</b> confined to the writer thread.
 *
 * <p><b>Failure</b> after a failed commit the stored state is unknown, and the writer must not be
 * used again.
 */
final class RocksWriter {

  private final RocksFiles files;
  private final RocksView committed;
  private final IdDictionary dictionary;
  private final AppendListeners listeners;

  /** The persistence ids that the next commit appends to. */
  private final Set<String> appended = new HashSet<>();

  /** True if the unwritten part of the next commit saves snapshots. */
  private boolean savesSnapshots;

  private RocksWriter(
      RocksFiles files, RocksView committed, IdDictionary dictionary, AppendListeners listeners) {
    this.files = files;
    this.committed = committed;
    this.dictionary = dictionary;
    this.listeners = listeners;
  }

  static RocksWriter create(RocksFiles files, AppendListeners listeners) throws RocksDBException {
    RocksView committed = files.latest();
    return new RocksWriter(files, committed, IdDictionary.create(files, committed), listeners);
  }

  /** Writes all changes, except those that conflict or whose stored data cannot be read. */
  void commit(List<GroupCommit.Pending<Change>> changes) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (GroupCommit.Pending<Change> pending : changes) {
        try {
          pending.change().addTo(batch, this);
        } catch (JournalStoreException e) {
          // Thrown before anything was added to the batch.
          pending.refuse(e);
        }
      }
      write(batch);
    }
    dictionary.trim();
    listeners.announce(appended);
    appended.clear();
  }

  /** Returns the highest sequence number, including those that the next commit adds. */
  long highestSequenceNr(String persistenceId) {
    Sequence sequence = dictionary.find(persistenceId);
    return sequence == null ? 0 : sequence.highest();
  }

  /**
   * Adds events.
   *
   * @throws SequenceConflictException if the first is not above the highest known; the batch and
   *     the dictionary are then unchanged
   */
  void append(WriteBatch batch, String persistenceId, List<EncodedRecord> events)
      throws RocksDBException {
    long first = events.get(0).sequenceNr();
    long highest = highestSequenceNr(persistenceId);
    if (first <= highest) {
      throw new SequenceConflictException(persistenceId, first, highest);
    }
    Sequence sequence = dictionary.findOrAdd(persistenceId, batch);
    ColumnFamilyHandle family = files.family(Family.EVENTS);
    for (EncodedRecord event : events) {
      batch.put(family, Keys.record(sequence.id(), event.sequenceNr()), event.bytes());
    }
    long last = events.get(events.size() - 1).sequenceNr();
    dictionary.update(persistenceId, sequence.withHighest(last), batch);
    appended.add(persistenceId);
  }

  void deleteTo(WriteBatch batch, String persistenceId, long toSequenceNr) throws RocksDBException {
    Sequence sequence = dictionary.find(persistenceId);
    if (sequence == null) {
      return;
    }
    long last = Math.min(toSequenceNr, sequence.highest());
    if (last <= sequence.deletedTo()) {
      return;
    }
    batch.deleteRange(
        files.family(Family.EVENTS),
        Keys.behindRecord(sequence.id(), sequence.deletedTo()),
        Keys.behindRecord(sequence.id(), last));
    dictionary.update(persistenceId, sequence.withDeletedTo(last), batch);
  }

  void saveSnapshot(
      WriteBatch batch, String persistenceId, EncodedRecord snapshot, long timestampMillis)
      throws RocksDBException {
    Sequence sequence = dictionary.findOrAdd(persistenceId, batch);
    savesSnapshots = true;
    byte[] key = Keys.record(sequence.id(), snapshot.sequenceNr());
    batch.put(files.family(Family.SNAPSHOT_TIMES), key, Keys.number(timestampMillis));
    batch.put(files.family(Family.SNAPSHOTS), key, snapshot.bytes());
  }

  void deleteSnapshots(WriteBatch batch, String persistenceId, SnapshotRange range)
      throws RocksDBException {
    Sequence sequence = dictionary.find(persistenceId);
    if (sequence == null) {
      return;
    }
    if (savesSnapshots) {
      // The search below finds only snapshots that are written.
      write(batch);
    }
    for (byte[] key : snapshotKeys(persistenceId, sequence.id(), range)) {
      batch.delete(files.family(Family.SNAPSHOT_TIMES), key);
      batch.delete(files.family(Family.SNAPSHOTS), key);
    }
  }

  private List<byte[]> snapshotKeys(String persistenceId, long id, SnapshotRange range) {
    try {
      return SnapshotIndex.newestFirst(committed, id, range, Integer.MAX_VALUE);
    } catch (RocksDBException e) {
      throw new JournalStoreException(
          String.format(
              "Snapshots of persistence id [%s] in the journal directory must be readable to be"
                  + " deleted, found [%s]; %s",
              persistenceId, e.getMessage(), RocksFailures.remedy(e)),
          e);
    }
  }

  private void write(WriteBatch batch) throws RocksDBException {
    if (batch.count() > 0) {
      files.db().write(files.writeOptions(), batch);
      batch.clear();
    }
    savesSnapshots = false;
  }

  /** One change of a commit. */
  interface Change {

    /** Adds the change to a commit. */
    void addTo(WriteBatch batch, RocksWriter writer) throws RocksDBException;
  }

  /** A record in its binary form. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record EncodedRecord(long sequenceNr, byte[] bytes) {}
}
