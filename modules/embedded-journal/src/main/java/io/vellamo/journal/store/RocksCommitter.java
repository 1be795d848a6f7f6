package io.vellamo.journal.store;

import io.vellamo.journal.store.RocksWriter.Change;
import java.io.IOException;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * Commits changes to RocksDB, which is opened again after a commit that failed.
 *
 * <p><b>Threading</b> belongs to the writer thread.
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

  /** Events whose write failed can turn out to be there, so all listeners have to look. */
  @Override
  public void resume() throws RocksDBException {
    files.reopen();
    writer = RocksWriter.create(files.current(), listeners);
    listeners.announceAll();
  }
}
