package io.vellamo.testkit.simulation;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.testkit.simulation.Generated.Tally;
import java.util.Map;

/** The comparison of the groups in the journal with those that must be there. */
final class GroupChecks {
  private final LocalQuery query;
  private final SimulatedJournal journal;

  GroupChecks(LocalQuery query, SimulatedJournal journal) {
    this.query = query;
    this.journal = journal;
  }

  void check(int place, OracleOperator<?> expected) {
    GroupOperator<?, ?, ?, ?> operator = query.prepared().operators().get(place);
    long groups = 0;
    long waiting = 0;
    for (int shard = 0; shard < query.shards(); shard++) {
      ShardLedger ledger =
          JournalChecks.recover(query, journal, "shard-" + (place * query.shards() + shard), 0);
      groups += ledger.groups().size();
      waiting += ledger.parked().events();
      for (Map.Entry<Integer, ? extends OracleOperator.Group<?>> each :
          expected.groups().entrySet()) {
        GroupKey key = operator.keyCodec().write(each.getKey());
        if (key.shard(query.shards()) == shard) {
          GroupEntry entry = ledger.entry(key);
          byte[] bytes = entry.state();
          Tally state = bytes == null ? null : (Tally) operator.stateCodec().read(bytes);
          if (!SimulationOracle.isSame(each.getValue(), state, entry.timeoutMillis())) {
            throw new AssertionError(
                "group [%s] must have state [%s] and timeout [%s], has [%s] and [%s]"
                    .formatted(
                        each.getKey(),
                        each.getValue().state,
                        each.getValue().timeoutMillis,
                        state,
                        entry.timeoutMillis()));
          }
        }
      }
    }
    long kept = expected.groups().values().stream().filter(group -> !group.isEmpty()).count();
    if (groups != kept || waiting != expected.waiting()) {
      throw new AssertionError(
          "operator [%d] must keep [%d] groups and [%d] pending events, keeps [%d] and [%d]"
              .formatted(place, kept, expected.waiting(), groups, waiting));
    }
  }
}
