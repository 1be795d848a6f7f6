package io.vellamo.journal.store;

import io.vellamo.journal.store.RocksWriter.Change;
import java.io.IOException;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * A committer of changes to RocksDB, which it reopens after a failed commit.
 *
 * <p><b>Threading</b> confined to the writer thread.
 */
final class RocksCommitter implements GroupCommit.Committer<Change> {

  private final SharedFiles files;
  private final AppendListeners listeners;
  private RocksWriter writer;

  private RocksCommitter(SharedFiles files, AppendListeners listeners) throws RocksDBException {
    this.files = files;
    this.listeners = listeners;
    this.writer = RocksWriter.create(files.current(), listeners);
  }

  static RocksCommitter create(SharedFiles files, AppendListeners listeners)
      throws RocksDBException {
    return new RocksCommitter(files, listeners);
  }

  @Override
  public void commit(List<GroupCommit.Pending<Change>> changes)
      throws RocksDBException, IOException {
    writer.commit(changes);
    files.acknowledge();
  }

  /**
   * Reopens the files. Events whose write failed can exist nevertheless, so all listeners are
   * notified.
   */
  @Override
  public void resume() throws RocksDBException {
    files.reopen();
    writer = RocksWriter.create(files.current(), listeners);
    listeners.announceAll();
  }
}
