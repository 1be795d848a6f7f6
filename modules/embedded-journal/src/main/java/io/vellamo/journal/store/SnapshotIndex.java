package io.vellamo.journal.store;

import io.vellamo.journal.store.RocksFiles.Family;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/** A selection of snapshots by sequence number and timestamp, without reading them. */
final class SnapshotIndex {

  private SnapshotIndex() {}

  /** Returns the keys of the snapshots in a range, in descending order of sequence numbers. */
  static List<byte[]> newestFirst(RocksView view, long id, SnapshotRange range, int limit)
      throws RocksDBException {
    List<byte[]> keys = new ArrayList<>();
    long lowest = Math.max(0, range.minSequenceNr());
    if (lowest > range.maxSequenceNr()) {
      return keys;
    }
    byte[] from = Keys.record(id, lowest);
    byte[] behind = Keys.behindRecord(id, range.maxSequenceNr());
    try (RocksView.Cursor cursor = view.cursor(Family.SNAPSHOT_TIMES, from, behind)) {
      for (boolean more = cursor.last(); more && keys.size() < limit; more = cursor.previous()) {
        if (range.hasTimestamp(Keys.number(cursor.value()))) {
          keys.add(cursor.key());
        }
      }
    }
    return keys;
  }
}
