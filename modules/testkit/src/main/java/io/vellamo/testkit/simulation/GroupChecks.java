package io.vellamo.testkit.simulation;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.testkit.simulation.OracleGroups.Kept;
import java.util.Arrays;
import java.util.Map;

/** The comparison of the groups in the journal with those that must be there. */
final class GroupChecks {
  private final LocalQuery query;
  private final SimulatedJournal journal;

  GroupChecks(LocalQuery query, SimulatedJournal journal) {
    this.query = query;
    this.journal = journal;
  }

  void check(int place, OracleGroups expected) {
    GroupOperator<?, ?, ?, ?> operator = query.prepared().operators().get(place);
    long groups = 0;
    long waiting = 0;
    for (int shard = 0; shard < query.shards(); shard++) {
      ShardLedger ledger =
          JournalChecks.recover(query, journal, "shard-" + (place * query.shards() + shard), 0);
      groups += ledger.groups().size();
      waiting += ledger.parked().events();
      for (Map.Entry<?, Kept> each : expected.kept().entrySet()) {
        GroupKey key = operator.keyCodec().write(each.getKey());
        if (key.shard(query.shards()) == shard) {
          check(each.getKey(), each.getValue(), kept(ledger.entry(key), operator));
        }
      }
    }
    long kept = expected.kept().size();
    if (groups != kept || waiting != expected.waiting()) {
      throw new AssertionError(
          "operator [%d] must keep [%d] groups and [%d] pending events, keeps [%d] and [%d]"
              .formatted(place, kept, expected.waiting(), groups, waiting));
    }
  }

  private static Kept kept(GroupEntry entry, GroupOperator<?, ?, ?, ?> operator) {
    byte[] bytes = entry.state();
    Object state = bytes == null ? null : operator.stateCodec().read(bytes);
    return new Kept(
        state instanceof long[] array ? Arrays.stream(array).boxed().toList() : state,
        entry.timeoutMillis());
  }

  private static void check(Object key, Kept expected, Kept found) {
    if (!expected.equals(found)) {
      throw new AssertionError(
          "group [%s] must have state [%s] and timeout [%s], has [%s] and [%s]"
              .formatted(
                  key,
                  expected.state(),
                  expected.timeoutMillis(),
                  found.state(),
                  found.timeoutMillis()));
    }
  }
}
