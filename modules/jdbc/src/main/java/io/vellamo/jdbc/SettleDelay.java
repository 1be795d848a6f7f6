package io.vellamo.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Rows are complete once the table has held them for a time: no transaction takes longer. */
final class SettleDelay implements Settlement {
  private final GrowingTable table;
  private final long delayMillis;
  private final InstantSource clock;
  private final Deque<Seen> pending = new ArrayDeque<>();
  private long bound;

  SettleDelay(GrowingTable table, Duration delay, InstantSource clock) {
    this.table = table;
    this.delayMillis = delay.toMillis();
    this.clock = clock;
  }

  private record Seen(long end, long atMillis) {}

  @Override
  public long bound(Connection connection) throws SQLException {
    long nowMillis = clock.millis();
    long end = table.end(connection);
    if (end > (pending.isEmpty() ? bound : pending.getLast().end)) {
      pending.addLast(new Seen(end, nowMillis));
    }
    while (!pending.isEmpty() && pending.getFirst().atMillis + delayMillis <= nowMillis) {
      bound = pending.removeFirst().end;
    }
    return bound;
  }

  @Override
  public boolean isPending() {
    return !pending.isEmpty();
  }
}
