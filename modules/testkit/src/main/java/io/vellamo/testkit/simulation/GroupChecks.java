package io.vellamo.testkit.simulation;

import io.vellamo.api.internal.SliceBuffers;
import io.vellamo.api.process.Timer;
import io.vellamo.engine.group.DeclaredTimer;
import io.vellamo.engine.group.DeclaredVariable;
import io.vellamo.engine.group.DeclaredVariables;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.TypedVariables;
import io.vellamo.engine.local.LocalQuery;
import io.vellamo.engine.shard.ShardLedger;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotView;
import io.vellamo.testkit.simulation.OracleGroups.Kept;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
      groups += groups(ledger, operator, expected);
      waiting += ledger.parked().events();
      checkBytes(place, shard, ledger);
      for (Map.Entry<?, Kept> each : expected.kept().entrySet()) {
        GroupKey key = operator.keyCodec().write(each.getKey());
        if (key.shard(query.shards()) == shard) {
          check(each.getKey(), each.getValue(), kept(ledger.entry(key), operator, expected));
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

  private static void checkBytes(int place, int shard, ShardLedger ledger) {
    long recount = 0;
    for (Map.Entry<GroupKey, GroupEntry> group : ledger.groups().entrySet()) {
      recount += group.getValue().size(group.getKey());
    }
    if (ledger.bytes() != recount) {
      throw new AssertionError(
          "shard [%d] of operator [%d] must report the [%d] bytes of its groups, reports [%d]"
              .formatted(shard, place, recount, ledger.bytes()));
    }
  }

  private static long groups(
      ShardLedger ledger, GroupOperator<?, ?, ?, ?> operator, OracleGroups expected) {
    return ledger.groups().values().stream()
        .filter(entry -> kept(entry, operator, expected).state() != null || !hasVariables(operator))
        .count();
  }

  private static boolean hasVariables(GroupOperator<?, ?, ?, ?> operator) {
    return operator.variables() != null;
  }

  private static Kept kept(
      GroupEntry entry, GroupOperator<?, ?, ?, ?> operator, OracleGroups expected) {
    DeclaredVariables declared = operator.variables();
    if (declared != null) {
      Map<String, List<String>> contents = contents(entry, declared, expected.times());
      if (contents != null && !expected.isOrdered()) {
        contents.values().forEach(entries -> entries.sort(null));
      }
      return new Kept(contents, null);
    }
    byte[] bytes = entry.state();
    Object state = bytes == null ? null : operator.stateCodec().read(bytes);
    return new Kept(comparable(state), entry.timeoutMillis());
  }

  /** Returns a list in place of an array or of slices. */
  private static @Nullable Object comparable(@Nullable Object state) {
    if (state instanceof SliceBuffers slices) {
      List<String> all = new ArrayList<>();
      for (int place = 0; place < slices.size(); place++) {
        all.add(slices.start(place) + "=" + List.of(slices.buffers(place)));
      }
      return all;
    }
    if (state instanceof Object[] buffers) {
      return List.of(buffers);
    }
    return state instanceof long[] array ? Arrays.stream(array).boxed().toList() : state;
  }

  /** Returns the contents of a group's variables as {@link OracleVariables#contents} does. */
  private static @Nullable Map<String, List<String>> contents(
      GroupEntry group, DeclaredVariables declared, EpochTimes times) {
    Map<String, List<String>> contents = new TreeMap<>();
    for (DeclaredVariable variable : declared.variables()) {
      KeyCodec keys = variable.keyCodec();
      for (SlotEntry entry : entries(group, variable.number())) {
        if (!TypedVariables.hasExpired(variable.type(), entry, times)) {
          Object key = keys == null ? "" : keys.read(GroupKey.of(entry.key().bytes()));
          Object value = comparable(variable.codec().read(entry.value()));
          String name = variable.variable().name();
          OracleVariables.add(
              contents, name, String.valueOf(key), String.valueOf(value), entry.dueMillis());
        }
      }
    }
    for (DeclaredTimer declaredTimer : declared.timers()) {
      for (SlotEntry entry : entries(group, declaredTimer.number())) {
        Timer timer = declaredTimer.timer(entry);
        String name = declaredTimer.name().name();
        OracleVariables.add(contents, name, timer.tag(), timer.tag(), entry.dueMillis());
      }
    }
    return contents.isEmpty() ? null : contents;
  }

  private static List<SlotEntry> entries(GroupEntry group, int number) {
    SlotView slot = group.variables().slot(number);
    List<SlotEntry> entries = new ArrayList<>();
    if (slot != null) {
      slot.entries().forEachRemaining(entries::add);
    }
    return entries;
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
