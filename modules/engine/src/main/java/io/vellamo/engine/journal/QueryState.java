package io.vellamo.engine.journal;

import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.DefinitionRecord.LayoutsAdded;
import io.vellamo.engine.journal.DefinitionRecord.OperatorsAdded;
import io.vellamo.engine.journal.DefinitionRecord.VariablesDeclared;
import io.vellamo.engine.journal.JournalRecord.EpochCommitted;
import io.vellamo.engine.journal.JournalRecord.EpochPlanned;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.engine.journal.SinkRecord.SinkCommitted;
import io.vellamo.engine.journal.SinkRecord.SinkDivided;
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
 * @param sinkRanges the ranges of shards at the sink; 0 if they are not divided
 * @param sinkCommitted an epoch that all ranges of the sink have committed; 0 if none is known
 * @param reshards the changes of the number of its shards
 * @param records the number of records since the last snapshot
 */
public record QueryState(
    @Nullable QueryCreated created,
    @Nullable QueryLedger ledger,
    List<String> layouts,
    int sinkRanges,
    long sinkCommitted,
    Reshards reshards,
    int records) {
  /** The state of a query that never ran. */
  public static final QueryState EMPTY =
      new QueryState(null, null, List.of(), 0, 0, Reshards.NONE, 0);

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
      QueryLedger begun = QueryLedger.created(first.id(), first.shards());
      return new QueryState(first, begun, List.of(), 0, 0, Reshards.NONE, 1);
    }
    if (record instanceof QuerySnapshot snapshot) {
      return from(snapshot);
    }
    QueryState changed =
        record instanceof ReshardRecord reshard ? changedBy(reshard) : changedBy(record);
    return changed.counted();
  }

  private QueryState changedBy(QueryRecord record) {
    if (record instanceof OperatorsAdded added) {
      return with(knownCreated().with(added.operators()));
    }
    if (record instanceof VariablesDeclared declared) {
      return with(knownCreated().with(declared));
    }
    if (record instanceof LayoutsAdded added) {
      List<String> all = new ArrayList<>(layouts);
      all.addAll(added.layouts());
      return new QueryState(created, ledger, all, sinkRanges, sinkCommitted, reshards, records);
    }
    if (record instanceof SinkDivided divided) {
      return withSink(divided.ranges(), sinkCommitted);
    }
    if (record instanceof SinkCommitted committed) {
      return withSink(sinkRanges, committed.epoch());
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
    throw new AssertionError("unhandled " + record.getClass());
  }

  private QueryState changedBy(ReshardRecord record) {
    if (record instanceof ReshardRecord.Begun begun) {
      // Reads no states: their shape is that of the last run.
      String shape = knownLedger().shapes().running();
      return with(knownLedger().resumed(begun.incarnation(), shape))
          .with(reshards.begun(begun.target()));
    }
    if (record instanceof ReshardRecord.Ended ended) {
      return with(knownCreated().with(ended.layout()))
          .with(knownLedger().resharded(ended.layout().shards()))
          .withSink(0, 0)
          .with(reshards.ended(knownCreated().layout(), ended.layout()));
    }
    if (record instanceof ReshardRecord.Removed removed) {
      return with(reshards.removed(removed.generation()));
    }
    throw new AssertionError("unhandled " + record.getClass());
  }

  private QueryState with(QueryCreated next) {
    return new QueryState(next, ledger, layouts, sinkRanges, sinkCommitted, reshards, records);
  }

  private QueryState with(QueryLedger next) {
    return new QueryState(created, next, layouts, sinkRanges, sinkCommitted, reshards, records);
  }

  private QueryState withSink(int ranges, long committed) {
    return new QueryState(created, ledger, layouts, ranges, committed, reshards, records);
  }

  private QueryState with(Reshards next) {
    return new QueryState(created, ledger, layouts, sinkRanges, sinkCommitted, next, records);
  }

  private QueryState counted() {
    return new QueryState(
        created, ledger, layouts, sinkRanges, sinkCommitted, reshards, records + 1);
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
    return new QuerySnapshot(knownCreated(), knownLedger(), layouts, sinkRanges, reshards);
  }

  /** Returns the state that a snapshot holds. */
  public static QueryState from(QuerySnapshot snapshot) {
    return new QueryState(
        snapshot.created(),
        snapshot.ledger(),
        snapshot.layouts(),
        snapshot.sinkRanges(),
        0,
        snapshot.reshards(),
        0);
  }
}
