package io.vellamo.journal.store;

import io.vellamo.journal.store.RocksFiles.Family;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * The committed data, either as of one moment or as of each read.
 *
 * <p><b>Threading</b> used by one thread. Must be closed before the files.
 */
final class RocksView implements AutoCloseable {

  private final RocksFiles files;
  private final @Nullable Snapshot moment;
  private final ReadOptions options;

  private RocksView(RocksFiles files, @Nullable Snapshot moment) {
    this.files = files;
    this.moment = moment;
    this.options = options();
  }

  /** Returns a fixed view, so that reads from several families are consistent. */
  static RocksView ofNow(RocksFiles files) {
    return new RocksView(files, files.db().getSnapshot());
  }

  /** Returns a view that reflects every commit. */
  static RocksView ofLatest(RocksFiles files) {
    return new RocksView(files, null);
  }

  byte @Nullable [] get(Family family, byte[] key) throws RocksDBException {
    return files.db().get(files.family(family), options, key);
  }

  /**
   * Returns the sequence of a persistence id, or {@code null} if nothing was ever written for it.
   *
   * @throws JournalStoreException if it cannot be read
   */
  @Nullable Sequence sequence(String persistenceId) {
    try {
      byte[] id = get(Family.IDS, Keys.persistenceId(persistenceId));
      if (id == null) {
        return null;
      }
      byte[] sequence = get(Family.SEQUENCES, id);
      if (sequence == null) {
        throw lostSequence(persistenceId, "nothing", null);
      }
      return Sequence.decode(Keys.number(id), sequence);
    } catch (RocksDBException e) {
      throw lostSequence(persistenceId, e.getMessage(), e);
    }
  }

  /**
   * Returns a cursor over the keys from one, included, to another, excluded; not yet positioned.
   */
  Cursor cursor(Family family, byte[] from, byte[] behind) {
    return new Cursor(family, from, behind);
  }

  @Override
  public void close() {
    options.close();
    if (moment != null) {
      files.db().releaseSnapshot(moment);
      moment.close();
    }
  }

  private static JournalStoreException lostSequence(
      String persistenceId, @Nullable String found, @Nullable RocksDBException cause) {
    return new JournalStoreException(
        String.format(
            "Sequence of persistence id [%s] must be stored, found [%s];"
                + " restore the journal directory from a backup",
            persistenceId, found),
        cause);
  }

  private ReadOptions options() {
    ReadOptions readOptions = new ReadOptions();
    return moment == null ? readOptions : readOptions.setSnapshot(moment);
  }

  /**
   * A position in a range of keys.
   *
   * <p>RocksDB gets the bounds of the range, since it would otherwise step through deleted
   * neighbouring keys.
   */
  final class Cursor implements AutoCloseable {

    private final Slice lower;
    private final Slice upper;
    private final ReadOptions bounded;
    private final RocksIterator iterator;

    private Cursor(Family family, byte[] from, byte[] behind) {
      lower = new Slice(from);
      upper = new Slice(behind);
      bounded = options().setIterateLowerBound(lower).setIterateUpperBound(upper);
      iterator = files.db().newIterator(files.family(family), bounded);
    }

    /** Moves to the first key. Returns whether there is one. */
    boolean first() throws RocksDBException {
      iterator.seekToFirst();
      return isValid();
    }

    /** Moves to the last key. Returns whether there is one. */
    boolean last() throws RocksDBException {
      iterator.seekToLast();
      return isValid();
    }

    boolean next() throws RocksDBException {
      iterator.next();
      return isValid();
    }

    boolean previous() throws RocksDBException {
      iterator.prev();
      return isValid();
    }

    byte[] key() {
      return iterator.key();
    }

    byte[] value() {
      return iterator.value();
    }

    @Override
    public void close() {
      iterator.close();
      bounded.close();
      upper.close();
      lower.close();
    }

    /**
     * Returns whether the cursor is at a key. An iterator also ends at unreadable data, which only
     * its status reports.
     */
    private boolean isValid() throws RocksDBException {
      boolean valid = iterator.isValid();
      if (!valid) {
        iterator.status();
      }
      return valid;
    }
  }
}
