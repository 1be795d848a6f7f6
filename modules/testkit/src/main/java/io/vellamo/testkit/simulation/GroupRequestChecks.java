package io.vellamo.testkit.simulation;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.EpochRecord;
import io.vellamo.engine.journal.JournalRecord.ParksSnapshotPart;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.journal.ShardRecovery;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.protocol.query.GroupAnswer;
import io.vellamo.engine.protocol.query.GroupAnswer.Committed;
import io.vellamo.engine.protocol.query.GroupPosition;
import io.vellamo.engine.protocol.query.QueryRequest;
import io.vellamo.engine.shard.GroupContent;
import io.vellamo.engine.shard.GroupContent.VariableContent;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.engine.variable.VariablesView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Users' requests for groups, whose answers must be what the journals of the shards hold up to a
 * committed epoch.
 */
final class GroupRequestChecks {
  private static final int MOST_GROUPS = 3;

  private final Simulation simulation;
  private final Dice dice;

  GroupRequestChecks(Simulation simulation, Dice dice) {
    this.simulation = simulation;
    this.dice = dice;
  }

  /** Requests a group or a page of groups of any operator; returns false if it has none. */
  boolean request(SimulatedRun run) {
    LocalQuery query = simulation.scenario().query();
    if (query.allShards() == 0) {
      return false;
    }
    int shard = dice.below(query.allShards());
    int operator = shard / query.shards();
    int inOperator = shard % query.shards();
    // A run that another one has replaced answers as far as it knows.
    long before = run.run().machine().journal().knownLedger().committedEpoch();
    List<GroupKey> known =
        List.copyOf(new TreeSet<>(ledger(shard, Long.MAX_VALUE).groups().keySet()));
    if (!known.isEmpty() && dice.coin()) {
      GroupKey key = dice.pick(known);
      simulation.tell("a user asks %s for a group of shard %d".formatted(run, shard));
      run.run()
          .request(
              id -> new QueryRequest.ReadGroup(id, operator, key),
              answer -> {
                GroupAnswer groups = (GroupAnswer) answer;
                answered(groups, operator, before);
                requireKnown(groups, shard, key, before);
              });
    } else {
      int limit = dice.between(1, MOST_GROUPS);
      GroupKey after = known.isEmpty() || dice.coin() ? null : dice.pick(known);
      GroupPosition from = new GroupPosition(inOperator, after);
      simulation.tell("a user asks %s for %d groups from shard %d".formatted(run, limit, shard));
      run.run()
          .request(
              id -> new QueryRequest.ListGroups(id, operator, from, limit),
              answer -> answered((GroupAnswer) answer, operator, before));
    }
    return true;
  }

  private long committed() {
    return JournalChecks.recoverQuery(simulation.journal()).knownLedger().committedEpoch();
  }

  private void answered(GroupAnswer answer, int operator, long before) {
    simulation.tell("the user gets %d groups".formatted(answer.groups().size()));
    long now = committed();
    for (Committed group : answer.groups()) {
      long epoch = group.times().epoch();
      if (epoch < before || epoch > now) {
        throw new AssertionError(
            "groups must be of an epoch from [%d] to [%d], which is the last committed one, were of [%d]"
                .formatted(before, now, epoch));
      }
      check(group.content(), operator, epoch);
    }
  }

  /** Checks that a group is what the journal of its shard holds up to an epoch. */
  private void check(GroupContent group, int operator, long epoch) {
    LocalQuery query = simulation.scenario().query();
    int shard = operator * query.shards() + group.key().shard(query.shards());
    if (!isLike(group, ledger(shard, epoch).entry(group.key()))) {
      throw new AssertionError(
          "a group of shard [%d] must be as of epoch [%d], was not".formatted(shard, epoch));
    }
  }

  private static boolean isLike(GroupContent group, GroupEntry entry) {
    List<List<SlotEntry>> found = new ArrayList<>();
    for (VariableContent variable : group.variables()) {
      found.add(variable.entries());
    }
    return Arrays.equals(group.state(), entry.state())
        && Objects.equals(group.timeoutMillis(), entry.timeoutMillis())
        && found.equals(entries(entry.variables()));
  }

  private static List<List<SlotEntry>> entries(VariablesView group) {
    List<List<SlotEntry>> all = new ArrayList<>();
    for (int number = 0; number < group.end(); number++) {
      SlotView slot = group.slot(number);
      if (slot != null) {
        List<SlotEntry> entries = new ArrayList<>();
        slot.entries().forEachRemaining(entries::add);
        all.add(entries);
      }
    }
    return all;
  }

  /** Checks that a group that exists all the time is found. */
  private void requireKnown(GroupAnswer answer, int shard, GroupKey key, long before) {
    if (!answer.groups().isEmpty()) {
      return;
    }
    for (long epoch = before; epoch <= committed(); epoch++) {
      if (ledger(shard, epoch).entry(key).isEmpty()) {
        return;
      }
    }
    throw new AssertionError("a group of shard [%d] must be found".formatted(shard));
  }

  /** Returns a shard as all its records up to an epoch give it. */
  private ShardLedger ledger(int shard, long epoch) {
    LocalQuery query = simulation.scenario().query();
    ShardLedger ledger =
        new ShardLedger(query.prepared().operators().get(shard / query.shards()).timeout());
    for (JournalRecord record : simulation.journal().readAfter("shard-" + shard, 0).records()) {
      boolean isOfSnapshot =
          record instanceof ShardSnapshotPart || record instanceof ParksSnapshotPart;
      boolean isLater = record instanceof EpochRecord part && part.epoch() > epoch;
      if (!isOfSnapshot && !isLater) {
        ShardRecovery.apply((ShardRecord) record, ledger);
      }
    }
    ledger.recovered();
    return ledger;
  }
}
