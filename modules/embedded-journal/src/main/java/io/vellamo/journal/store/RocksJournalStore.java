package io.vellamo.journal.store;

import static java.util.Objects.requireNonNull;

import io.vellamo.journal.store.RocksFiles.Family;
import io.vellamo.journal.store.RocksWriter.Change;
import io.vellamo.journal.store.RocksWriter.EncodedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * A journal store on RocksDB.
 *
 * <p>Pending changes are grouped into commits that share one sync. Records carry their own
 * checksums. The directory holds a lock file, which names the process that uses it, a file with the
 * number of acknowledged updates, and the files of RocksDB in {@code rocksdb}.
 *
 * <p><b>Cost</b> an append costs its share of one sync; a read costs one seek plus the events.
 * Memory is that of the settings plus some hundred bytes for each of the 16,384 persistence ids
 * used last.
 *
 * @since 0.1
 */
public final class RocksJournalStore implements JournalStore {

  private final String name;
  private final SharedFiles files;
  private final AppendListeners listeners;
  private final GroupCommit<Change> groupCommit;

  private RocksJournalStore(StoreSettings settings, SharedFiles files) throws RocksDBException {
    this.name = settings.directory().toString();
    this.files = files;
    this.listeners = new AppendListeners();
    this.groupCommit =
        GroupCommit.start(name, settings.maxCommitBytes(), RocksCommitter.create(files, listeners));
  }

  /**
   * Opens a store, and creates one if the directory holds none.
   *
   * <p><b>Threading</b> blocks.
   *
   * @param settings the settings of the store
   * @return the open store
   * @throws DirectoryInUseException if the directory is already open, in this or another process
   * @throws JournalStoreException if the directory cannot be used or its content cannot be read
   */
  public static RocksJournalStore open(StoreSettings settings) {
    return open(settings, warning -> {});
  }

  /**
   * Opens a store, and creates one if the directory holds none.
   *
   * <p><b>Threading</b> blocks.
   *
   * @param settings the settings of the store
   * @param warnings receives a message about each repair after a power loss
   * @return the open store
   * @throws DirectoryInUseException if the directory is already open, in this or another process
   * @throws JournalStoreException if the directory cannot be used or its content cannot be read
   */
  public static RocksJournalStore open(StoreSettings settings, Consumer<String> warnings) {
    SharedFiles files = SharedFiles.open(settings, warnings);
    RocksJournalStore store = null;
    try {
      store = new RocksJournalStore(settings, files);
      return store;
    } catch (RocksDBException e) {
      throw StoreDirectory.unreadable(settings, e, null);
    } finally {
      if (store == null) {
        files.close();
      }
    }
  }

  @Override
  public CompletionStage<Void> append(String persistenceId, List<StoredEvent> events) {
    requireId(persistenceId);
    requireAscending(events);
    List<EncodedRecord> records = new ArrayList<>(events.size());
    long bytes = 0;
    for (StoredEvent event : events) {
      byte[] record = RecordFormat.encode(persistenceId, event);
      records.add(new EncodedRecord(event.sequenceNr(), record));
      bytes += record.length;
    }
    return groupCommit.submit(
        (batch, writer) -> writer.append(batch, persistenceId, records), bytes);
  }

  @Override
  public CompletionStage<Void> deleteTo(String persistenceId, long toSequenceNr) {
    requireId(persistenceId);
    return groupCommit.submit(
        (batch, writer) -> writer.deleteTo(batch, persistenceId, toSequenceNr), 0);
  }

  @Override
  public CompletionStage<Long> highestSequenceNr(String persistenceId) {
    requireId(persistenceId);
    AtomicLong highest = new AtomicLong();
    return groupCommit
        .submit((batch, writer) -> highest.set(writer.highestSequenceNr(persistenceId)), 0)
        .thenApply(done -> highest.get());
  }

  @Override
  public void read(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      Predicate<? super StoredEvent> visitor) {
    requireId(persistenceId);
    requireNonNull(visitor, "visitor");
    EventReader reader = new EventReader(persistenceId, visitor, files::requireOpen);
    files.reading(
        "Events of persistence id [" + persistenceId + "]",
        view -> reader.read(view, fromSequenceNr, toSequenceNr));
  }

  @Override
  public List<String> persistenceIds(String after, int limit) {
    requireNonNull(after, "after");
    if (limit <= 0) {
      throw new IllegalArgumentException("limit must be positive, was [" + limit + "]");
    }
    return files.reading("Persistence ids", view -> PersistenceIdIndex.page(view, after, limit));
  }

  @Override
  public CompletionStage<Void> saveSnapshot(String persistenceId, StoredSnapshot snapshot) {
    requireId(persistenceId);
    byte[] bytes = RecordFormat.encode(persistenceId, snapshot);
    EncodedRecord encoded = new EncodedRecord(snapshot.sequenceNr(), bytes);
    long timestampMillis = snapshot.timestampMillis();
    return groupCommit.submit(
        (batch, writer) -> writer.saveSnapshot(batch, persistenceId, encoded, timestampMillis),
        bytes.length);
  }

  @Override
  public Optional<StoredSnapshot> newestSnapshot(String persistenceId, SnapshotRange range) {
    requireId(persistenceId);
    requireNonNull(range, "range");
    return files.reading(
        "Snapshots of persistence id [" + persistenceId + "]",
        view -> newestSnapshot(view, persistenceId, range));
  }

  @Override
  public CompletionStage<Void> deleteSnapshots(String persistenceId, SnapshotRange range) {
    requireId(persistenceId);
    requireNonNull(range, "range");
    return groupCommit.submit(
        (batch, writer) -> writer.deleteSnapshots(batch, persistenceId, range), 0);
  }

  @Override
  public Subscription onAppend(String persistenceId, Runnable listener) {
    requireId(persistenceId);
    requireNonNull(listener, "listener");
    return listeners.add(persistenceId, listener);
  }

  @Override
  public void close() {
    files.endReads();
    groupCommit.close();
    files.close();
  }

  @Override
  public String toString() {
    return "RocksJournalStore[" + name + "]";
  }

  private static Optional<StoredSnapshot> newestSnapshot(
      RocksView view, String persistenceId, SnapshotRange range) throws RocksDBException {
    Sequence sequence = view.sequence(persistenceId);
    if (sequence == null) {
      return Optional.empty();
    }
    List<byte[]> keys = SnapshotIndex.newestFirst(view, sequence.id(), range, 1);
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    long sequenceNr = Keys.sequenceNr(keys.get(0));
    byte[] record = snapshotRecord(view, persistenceId, keys.get(0));
    if (record == null) {
      throw new DamagedRecordException(persistenceId, sequenceNr, "no snapshot", null);
    }
    return Optional.of(RecordFormat.decodeSnapshot(persistenceId, sequenceNr, record));
  }

  private static byte @Nullable [] snapshotRecord(
      RocksView view, String persistenceId, byte[] key) {
    try {
      return view.get(Family.SNAPSHOTS, key);
    } catch (RocksDBException e) {
      if (RocksFailures.isDamage(e)) {
        throw new DamagedRecordException(persistenceId, Keys.sequenceNr(key), e.getMessage(), e);
      }
      throw new JournalStoreException(
          String.format(
              "Snapshot [%d] of persistence id [%s] must be readable, found [%s]; %s",
              Keys.sequenceNr(key), persistenceId, e.getMessage(), RocksFailures.remedy(e)),
          e);
    }
  }

  private static void requireId(String persistenceId) {
    if (requireNonNull(persistenceId, "persistenceId").isEmpty()) {
      throw new IllegalArgumentException("persistenceId must not be empty, was []");
    }
    // Validated here, so that the caller and not the writer thread gets the exception.
    Keys.persistenceId(persistenceId);
  }

  private static void requireAscending(List<StoredEvent> events) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("events must not be empty, was []");
    }
    long previous = 0;
    for (StoredEvent event : events) {
      if (event.sequenceNr() <= previous) {
        throw new IllegalArgumentException(
            String.format(
                "events must ascend by sequence number, found [%d] behind [%d]",
                event.sequenceNr(), previous));
      }
      previous = event.sequenceNr();
    }
  }
}
