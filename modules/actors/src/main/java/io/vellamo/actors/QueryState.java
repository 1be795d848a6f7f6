package io.vellamo.actors;

import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.persistence.journal.JournalRecord.EpochCommitted;
import io.vellamo.persistence.journal.JournalRecord.EpochPlanned;
import io.vellamo.persistence.journal.JournalRecord.QueryCreated;
import io.vellamo.persistence.journal.JournalRecord.QueryRecord;
import io.vellamo.persistence.journal.JournalRecord.QueryResumed;
import io.vellamo.persistence.journal.JournalRecord.QuerySnapshot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator recovers.
 *
 * @param created how the query began; null until it has
 * @param ledger what it remembers; null until it has begun
 */
record QueryState(@Nullable QueryCreated created, @Nullable QueryLedger ledger) {
  static final QueryState EMPTY = new QueryState(null, null);

  /** Returns this state after a record. */
  QueryState after(QueryRecord record) {
    if (record instanceof QueryCreated first) {
      return new QueryState(first, QueryLedger.created(first.id(), first.shards()));
    }
    if (record instanceof QueryResumed resumed) {
      return new QueryState(created, knownLedger().resumed(resumed.incarnation()));
    }
    if (record instanceof EpochPlanned planned) {
      return new QueryState(created, knownLedger().planned(planned.plan()));
    }
    if (record instanceof EpochCommitted committed) {
      return new QueryState(created, knownLedger().committed(committed.commit()));
    }
    throw new AssertionError("unhandled " + record.getClass());
  }

  /** Returns the ledger of a query that has begun. */
  QueryLedger knownLedger() {
    return Objects.requireNonNull(ledger, "ledger");
  }

  QuerySnapshot toSnapshot() {
    return new QuerySnapshot(Objects.requireNonNull(created, "created"), knownLedger());
  }

  static QueryState from(QuerySnapshot snapshot) {
    return new QueryState(snapshot.created(), snapshot.ledger());
  }
}
