package io.vellamo.checks.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The pauses in the writes of a query's shards and its coordinator while they move to another node:
 * the times between the last write of an owner and the first one of the next. Each shard of a test
 * writes every epoch, so no key waits longer.
 *
 * @param millis the pauses of hand-overs, in ascending order
 * @param otherMillis the times between two writes of one owner, in ascending order
 */
record HandOvers(List<Long> millis, List<Long> otherMillis) {
  private static final String WRITES =
      """
      SELECT persistence_id, writer, write_timestamp
      FROM event_journal
      WHERE persistence_id LIKE ? AND event_ser_manifest LIKE ?
      ORDER BY persistence_id, sequence_number
      """;

  HandOvers {
    millis = millis.stream().sorted().toList();
    otherMillis = otherMillis.stream().sorted().toList();
  }

  /** Reads the hand-overs of all shards of a query. */
  static HandOvers ofShards(TestDatabase database) throws SQLException {
    return read(
        database.dataSource(), "vellamo-shard|" + database.name() + "/%", "shard-changed-%");
  }

  /** Reads the hand-overs of the coordinator of a query. */
  static HandOvers ofCoordinator(TestDatabase database) throws SQLException {
    return read(database.dataSource(), "vellamo-query|" + database.name(), "epoch-committed-%");
  }

  private static HandOvers read(DataSource database, String ids, String manifests)
      throws SQLException {
    List<Long> between = new ArrayList<>();
    List<Long> others = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(WRITES)) {
      select.setString(1, ids);
      select.setString(2, manifests);
      try (ResultSet writes = select.executeQuery()) {
        String id = "";
        String writer = "";
        long time = 0;
        while (writes.next()) {
          if (id.equals(writes.getString(1))) {
            (writer.equals(writes.getString(2)) ? others : between).add(writes.getLong(3) - time);
          }
          id = writes.getString(1);
          writer = writes.getString(2);
          time = writes.getLong(3);
        }
      }
    }
    return new HandOvers(between, others);
  }

  long median() {
    return median(millis);
  }

  private static long median(List<Long> sorted) {
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  @Override
  public String toString() {
    return "%d, with a pause of %d ms (median) of %s; otherwise %d ms between two writes (median)"
        .formatted(millis.size(), median(), millis, median(otherMillis));
  }
}
