package io.vellamo.journal.store;

import io.vellamo.journal.store.RocksFiles.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDBException;

/** A paged listing of persistence ids. */
final class PersistenceIdIndex {

  /** Sorts after every text, since 0xff does not occur in UTF-8. */
  private static final byte[] BEHIND_ALL = {(byte) 0xff};

  private PersistenceIdIndex() {}

  static List<String> page(RocksView view, String after, int limit) throws RocksDBException {
    List<String> page = new ArrayList<>();
    try (RocksView.Cursor cursor = view.cursor(Family.IDS, keyBehind(after), BEHIND_ALL)) {
      for (boolean more = cursor.first(); more && page.size() < limit; more = cursor.next()) {
        page.add(Keys.persistenceId(cursor.key()));
      }
    }
    return page;
  }

  /** Returns the next greater key: the same key with a zero byte appended. */
  private static byte[] keyBehind(String persistenceId) {
    byte[] key = Keys.persistenceId(persistenceId);
    return Arrays.copyOf(key, key.length + 1);
  }
}
