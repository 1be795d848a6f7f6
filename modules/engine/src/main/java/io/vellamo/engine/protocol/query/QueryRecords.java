package io.vellamo.engine.protocol.query;

import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.engine.journal.QueryState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a query's journal, and the records that are being written to it.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 */
final class QueryRecords {
  /** The number of records between snapshots. The records are small; snapshots bound recovery. */
  private static final int SNAPSHOT_EVERY = 500;

  private final QueryEffects effects;
  private QueryState state = QueryState.EMPTY;
  // From persist until the journal holds the records.
  private List<QueryRecord> persisting = List.of();

  QueryRecords(QueryEffects effects) {
    this.effects = effects;
  }

  /** Returns what the journal holds, as far as it has been acknowledged. */
  QueryState state() {
    return state;
  }

  /** Returns whether records are being journaled. */
  boolean isUnderWay() {
    return !persisting.isEmpty();
  }

  void recovered(QueryState recovered) {
    state = recovered;
  }

  void persist(List<QueryRecord> records) {
    persisting = records;
    effects.persist(records);
  }

  /** Journals a commit and a plan, if there are any. */
  void persist(@Nullable EpochCommit commit, @Nullable EpochPlan plan) {
    List<QueryRecord> records = new ArrayList<>();
    if (commit != null) {
      records.add(new EpochCommitted(commit));
    }
    if (plan != null) {
      records.add(new EpochPlanned(plan));
    }
    if (!records.isEmpty()) {
      if (state.records() + records.size() >= SNAPSHOT_EVERY) {
        records.add(state.after(records).toSnapshot());
      }
      persist(records);
    }
  }

  /** Notes that the journal holds the records. */
  void journaled(long lastSequenceNr) {
    boolean isSnapshot = persisting.get(persisting.size() - 1) instanceof QuerySnapshot;
    // The preceding snapshot is the record before those counted since.
    long before = lastSequenceNr - persisting.size() - state.records() - 1;
    state = state.after(persisting);
    persisting = List.of();
    if (isSnapshot) {
      effects.markSnapshot(lastSequenceNr - 1, Math.max(before, 0));
    }
  }
}
