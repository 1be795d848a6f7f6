package io.vellamo.engine.journal;

import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.LayoutsAdded;
import io.vellamo.engine.journal.JournalRecord.OperatorsAdded;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.engine.journal.JournalRecord.SinkDivided;
import io.vellamo.engine.journal.JournalRecord.VariablesDeclared;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state that a query recovers from its journal.
 *
 * @param created how the query began; null until it has
 * @param ledger the query's ledger; null until it has begun
 * @param layouts all layouts that its states and keys have ever had
 * @param sinkRanges the ranges of shards at the sink; 0 if they were never divided
 * @param records the number of records since the last snapshot
 */
public record QueryState(
    @Nullable QueryCreated created,
    @Nullable QueryLedger ledger,
    List<String> layouts,
    int sinkRanges,
    int records) {
  /** The state of a query that never ran. */
  public static final QueryState EMPTY = new QueryState(null, null, List.of(), 0, 0);

  /** Copies the layouts. */
  public QueryState {
    layouts = List.copyOf(layouts);
  }

  /** Returns this state after records. */
  public QueryState after(List<QueryRecord> records) {
    QueryState state = this;
    for (QueryRecord record : records) {
      state = state.after(record);
    }
    return state;
  }

  /** Returns this state after a record. */
  public QueryState after(QueryRecord record) {
    if (record instanceof QueryCreated first) {
      return new QueryState(
          first, QueryLedger.created(first.id(), first.shards()), List.of(), 0, 1);
    }
    if (record instanceof OperatorsAdded added) {
      return new QueryState(
          knownCreated().with(added.operators()), knownLedger(), layouts, sinkRanges, records + 1);
    }
    if (record instanceof VariablesDeclared declared) {
      return new QueryState(
          knownCreated().with(declared), knownLedger(), layouts, sinkRanges, records + 1);
    }
    if (record instanceof LayoutsAdded added) {
      List<String> all = new ArrayList<>(layouts);
      all.addAll(added.layouts());
      return new QueryState(knownCreated(), knownLedger(), all, sinkRanges, records + 1);
    }
    if (record instanceof SinkDivided divided) {
      return new QueryState(knownCreated(), knownLedger(), layouts, divided.ranges(), records + 1);
    }
    if (record instanceof QueryResumed resumed) {
      return with(knownLedger().resumed(resumed.incarnation(), resumed.stateShape()));
    }
    if (record instanceof EpochPlanned planned) {
      return with(knownLedger().planned(planned.plan()));
    }
    if (record instanceof EpochCommitted committed) {
      return with(knownLedger().committed(committed.commit()));
    }
    if (record instanceof QuerySnapshot snapshot) {
      return from(snapshot);
    }
    throw new AssertionError("unhandled " + record.getClass());
  }

  private QueryState with(QueryLedger next) {
    return new QueryState(created, next, layouts, sinkRanges, records + 1);
  }

  /** Returns the ledger; the query must have begun. */
  public QueryLedger knownLedger() {
    return Objects.requireNonNull(ledger, "ledger");
  }

  /** Returns how the query began; it must have begun. */
  public QueryCreated knownCreated() {
    return Objects.requireNonNull(created, "created");
  }

  /** Returns a snapshot of this state. */
  public QuerySnapshot toSnapshot() {
    return new QuerySnapshot(knownCreated(), knownLedger(), layouts, sinkRanges);
  }

  /** Returns the state that a snapshot holds. */
  public static QueryState from(QuerySnapshot snapshot) {
    return new QueryState(
        snapshot.created(), snapshot.ledger(), snapshot.layouts(), snapshot.sinkRanges(), 0);
  }
}
