package io.vellamo.engine.protocol.query;

import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.journal.DefinitionRecord.LayoutsAdded;
import io.vellamo.engine.journal.DefinitionRecord.OperatorsAdded;
import io.vellamo.engine.journal.JournalRecord.CreatedOperator;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryRecord;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.QueryState;
import io.vellamo.engine.journal.SinkRecord.SinkDivided;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The beginning of a run: the first records, or the reason why there can be none. */
final class QueryBeginning {
  private final QuerySetup setup;
  private final QueryState recovered;

  QueryBeginning(QuerySetup setup, QueryState recovered) {
    this.setup = setup;
    this.recovered = recovered;
  }

  /** Returns why the query can't go on from its journal, or null if it can. */
  @Nullable String refusal() {
    QueryCreated created = recovered.created();
    if (created == null) {
      return null;
    }
    QueryLedger ledger = recovered.knownLedger();
    int inputs = setup.compiled().inputs().size();
    if (created.shards() != setup.shards()) {
      return "vellamo.query.shards must be [%d], as in the journal, was [%d]; the groups in the journal are divided by it, set it back, or change the journal with bin/vellamo journal reshard"
          .formatted(created.shards(), setup.shards());
    }
    if (created.inputs() != inputs) {
      return "the query must have [%d] sources, as when it was first started, has [%d]; the offsets in the journal belong to them, start a query of another name"
          .formatted(created.inputs(), inputs);
    }
    return setup.operatorNumbers(created.operators()).mismatch(created, ledger);
  }

  /** Returns the records with which the run begins; the last one fences earlier runs. */
  List<QueryRecord> records() {
    List<QueryRecord> records = new ArrayList<>();
    QueryCreated created = recovered.created();
    List<CreatedOperator> known = created == null ? List.of() : created.operators();
    List<CreatedOperator> added = setup.operatorNumbers(known).added();
    long incarnation = 1;
    if (created == null) {
      records.add(
          new QueryCreated(
              setup.newId(),
              setup.shards(),
              added,
              setup.compiled().inputs().size(),
              setup.policy()));
    } else {
      incarnation = recovered.knownLedger().incarnation() + 1;
      if (!added.isEmpty()) {
        records.add(new OperatorsAdded(added));
      }
      records.addAll(setup.operatorNumbers(known).declared());
    }
    List<String> layouts = new ArrayList<>(setup.layouts());
    layouts.removeAll(recovered.layouts());
    if (!layouts.isEmpty()) {
      records.add(new LayoutsAdded(layouts));
    }
    if (setup.sinkRanges() > 0 && recovered.sinkRanges() == 0) {
      records.add(new SinkDivided(setup.sinkRanges()));
    }
    records.add(new QueryResumed(incarnation, setup.stateShape()));
    return records;
  }
}
