package io.vellamo.journal.store;

import io.vellamo.journal.store.RocksFiles.Family;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The writer's view of all persistence ids: the stored ones and those that the next commit adds.
 *
 * <p><b>Threading</b> confined to the writer thread.
 *
 * <p><b>Failure</b> if a batch is not committed, the dictionary is ahead of the disk and must not
 * be used again.
 */
final class IdDictionary {

  /** Number of ids cached between commits; others are read again. */
  private static final int REMEMBERED = 16_384;

  private final RocksFiles files;
  private final RocksView committed;

  /** In least-recently-used order. Entries of the next commit must not be evicted. */
  private final Map<String, Sequence> remembered = new LinkedHashMap<>(1_024, 0.75f, true);

  private long nextId;

  private IdDictionary(RocksFiles files, RocksView committed, long nextId) {
    this.files = files;
    this.committed = committed;
    this.nextId = nextId;
  }

  static IdDictionary create(RocksFiles files, RocksView committed) throws RocksDBException {
    byte[] behindAll = Keys.number(Long.MAX_VALUE);
    try (RocksView.Cursor ids = committed.cursor(Family.SEQUENCES, Keys.number(0), behindAll)) {
      return new IdDictionary(files, committed, ids.last() ? Keys.number(ids.key()) + 1 : 1);
    }
  }

  /**
   * Returns the sequence of a persistence id, or {@code null} if nothing was ever written for it.
   *
   * @throws JournalStoreException if it cannot be read
   */
  @Nullable Sequence find(String persistenceId) {
    Sequence known = remembered.get(persistenceId);
    if (known != null) {
      return known;
    }
    Sequence stored = committed.sequence(persistenceId);
    if (stored != null) {
      remembered.put(persistenceId, stored);
    }
    return stored;
  }

  /**
   * Returns the sequence of a persistence id, and assigns a short id if the persistence id is new.
   */
  Sequence findOrAdd(String persistenceId, WriteBatch batch) throws RocksDBException {
    Sequence known = find(persistenceId);
    if (known != null) {
      return known;
    }
    Sequence added = new Sequence(nextId, 0, 0);
    nextId++;
    batch.put(files.family(Family.IDS), Keys.persistenceId(persistenceId), Keys.number(added.id()));
    update(persistenceId, added, batch);
    return added;
  }

  void update(String persistenceId, Sequence sequence, WriteBatch batch) throws RocksDBException {
    batch.put(files.family(Family.SEQUENCES), Keys.number(sequence.id()), sequence.encode());
    remembered.put(persistenceId, sequence);
  }

  /** Evicts the least recently used ids beyond the limit; must be called only after a commit. */
  void trim() {
    Iterator<Sequence> oldest = remembered.values().iterator();
    for (int excess = remembered.size() - REMEMBERED; excess > 0; excess--) {
      oldest.next();
      oldest.remove();
    }
  }
}
