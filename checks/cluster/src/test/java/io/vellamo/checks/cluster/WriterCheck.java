package io.vellamo.checks.cluster;

import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardOwned;
import java.io.NotSerializableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A check that a query and each of its shards had one writer at a time whose writes counted, by the
 * journals that they have left.
 *
 * <p>A writer begins with a claim, which has a number. No journal may have two records at one
 * place, a record of a writer behind a later writer's claim, a claim whose number is not higher
 * than the last one's, or an epoch that is closed twice.
 */
final class WriterCheck {
  private static final String RECORDS =
      """
      SELECT persistence_id, sequence_number, event_ser_manifest, event_payload
      FROM event_journal
      WHERE persistence_id = ? OR persistence_id LIKE ?
      ORDER BY persistence_id, sequence_number, ordering
      """;

  private final LaterJournalSerializer serializer = new LaterJournalSerializer();
  private final Map<String, Log> logs = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  private WriterCheck() {}

  /** Reads the journals of a query and its shards. */
  static WriterCheck of(DataSource database, String query)
      throws SQLException, NotSerializableException {
    WriterCheck check = new WriterCheck();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(RECORDS)) {
      select.setString(1, "vellamo-query|" + query);
      select.setString(2, "vellamo-shard|" + query + "/%");
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          check.take(
              check.logs.computeIfAbsent(rows.getString(1), Log::new),
              rows.getLong(2),
              (JournalEntry<?>) check.serializer.fromBinary(rows.getBytes(4), rows.getString(3)));
        }
      }
    }
    return check;
  }

  /** Returns what must not be in the journals; nothing if each had one writer at a time. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  /** Returns the number of the query's runs. */
  long runs() {
    return claims("vellamo-query|");
  }

  /** Returns the number of times that shards were claimed. */
  long shardClaims() {
    return claims("vellamo-shard|");
  }

  private long claims(String prefix) {
    return logs.values().stream()
        .filter(log -> log.id.startsWith(prefix))
        .mapToLong(log -> log.claims)
        .sum();
  }

  private void take(Log log, long sequenceNr, JournalEntry<?> entry) {
    if (sequenceNr == log.last) {
      violate(log, sequenceNr, "must be the only record at its place");
    } else if (log.last != 0 && sequenceNr != log.last + 1) {
      violate(
          log, sequenceNr, "must follow the record before it, which is [%d]".formatted(log.last));
    }
    if (entry.writer() < log.writer) {
      violate(log, sequenceNr, "must not be of a writer before [%d]".formatted(log.writer));
    }
    JournalRecord record = entry.record();
    if (record instanceof QueryResumed resumed) {
      claim(log, sequenceNr, resumed.incarnation());
    } else if (record instanceof ShardOwned owned) {
      claim(log, sequenceNr, owned.owner());
      if (owned.incarnation() < log.incarnation) {
        violate(
            log,
            sequenceNr,
            "must not be claimed for a run before [%d]".formatted(log.incarnation));
      }
      log.incarnation = owned.incarnation();
    } else if (record instanceof ShardChanged changed) {
      once(log, sequenceNr, "change of epoch " + changed.epoch());
    } else if (record instanceof EpochPlanned planned) {
      once(log, sequenceNr, "plan of epoch " + planned.plan().epoch());
    } else if (record instanceof EpochCommitted committed) {
      once(log, sequenceNr, "commit of epoch " + committed.commit().epoch());
    }
    log.last = sequenceNr;
    log.writer = Math.max(log.writer, entry.writer());
  }

  private void claim(Log log, long sequenceNr, long number) {
    if (number <= log.claimed) {
      violate(log, sequenceNr, "must claim more than [%d]".formatted(log.claimed));
    }
    log.claimed = Math.max(log.claimed, number);
    log.claims++;
  }

  private void once(Log log, long sequenceNr, String what) {
    if (!log.once.add(what)) {
      violate(log, sequenceNr, "must not repeat the %s".formatted(what));
    }
  }

  private void violate(Log log, long sequenceNr, String rule) {
    violations.add("Record [%d] of [%s] %s".formatted(sequenceNr, log.id, rule));
  }

  /** The state of a journal after some of its records. */
  private static final class Log {
    private final String id;
    private final Set<String> once = new HashSet<>();
    private long last;
    private long writer;
    private long claimed;
    private long claims;
    private long incarnation;

    Log(String id) {
      this.id = id;
    }
  }
}
